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

/** WCAG 2.2 A and AA by axe-core: each serious or critical violation as one line with its places. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not inserted as a script: the page's policy allows no inline scripts, and that stays.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const violations = await page.evaluate(async () => {
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
      .run(modal ?? document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
      .finally(() => (document.adoptedStyleSheets = sheets));
    return result.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact: impact ?? null,
      help,
      nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `${String(target)} (${failureSummary})`);
      return `${id}: ${help}: ${places.join(' | ')}${nodes.length > 5 ? ` and ${nodes.length - 5} more` : ''}`;
    });
}
