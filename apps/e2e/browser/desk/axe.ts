import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Read as text: the package itself is three times as large, and nothing of it is used here. */
const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/**
 * Runs in the page: rows of one list that look like two before them. Alike are those that have the same elements with the same roles, styles and states, and words,
 * links and names at the same places, whatever they say: what axe finds in one of them it finds in the first two, and rows are most of what it looks at.
 */
const rowsLikeOthers = (): Element[] => {
  /** What they say differs from row to row; that they say something does not. */
  const saying =
    /^(id|for|href|src|title|name|value|aria-label|aria-labelledby|aria-describedby|aria-controls|data-.*)$/;
  const look = (node: Node): string => {
    if (!(node instanceof Element)) return node.textContent?.trim() ? 'words' : '';
    const attributes = [...node.attributes].map(({ name, value }) =>
      saying.test(name) ? `${name}${value.trim() ? '' : ' is empty'}` : `${name}=${value}`,
    );
    return `<${node.tagName} ${attributes.sort().join(' ')}>${[...node.childNodes].map(look).join(',')}</>`;
  };
  const seen = new Map<Element, Map<string, number>>();
  return [...document.querySelectorAll('tr, li, [role="row"], [role="option"]')].filter((row) => {
    const looks = seen.get(row.parentElement!) ?? new Map<string, number>();
    const itsLook = look(row);
    const before = looks.get(itsLook) ?? 0;
    seen.set(row.parentElement!, looks.set(itsLook, before + 1));
    return before >= 2;
  });
};

/** WCAG 2.2 A and AA by axe-core: each serious or critical violation as one line with its places. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not inserted as a script: the page's policy allows no inline scripts, and that stays.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const violations = await page.evaluate(
    async (exclude) => {
      const { axe } = globalThis as unknown as {
        axe: { run: (context: unknown, options: unknown) => Promise<{ violations: Found[] }> };
      };
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      // what lies behind a modal dialog is covered on purpose: half a button at its edge is no target
      const modal = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].findLast((each) =>
        each.checkVisibility(),
      );
      // the console's watermark lies over everything, and contrast below it would not be judged; put away by a rule, for a mark that is removed comes back
      const unmarked = new CSSStyleSheet();
      unmarked.replaceSync('.console-sheet > :not(main) { display: none !important; }');
      const sheets = [...document.adoptedStyleSheets];
      document.adoptedStyleSheets = [...sheets, unmarked];
      const result = await axe
        .run(
          { include: [modal ?? document], exclude },
          { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] },
        )
        .finally(() => (document.adoptedStyleSheets = sheets));
      return result.violations.map(({ id, impact, help, nodes }) => ({
        id,
        impact: impact ?? null,
        help,
        nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
      }));
    },
    await page.evaluateHandle(rowsLikeOthers),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `${String(target)} (${failureSummary})`);
      return `${id}: ${help}: ${places.join(' | ')}${nodes.length > 5 ? ` and ${nodes.length - 5} more` : ''}`;
    });
}
