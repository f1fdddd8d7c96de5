import { source } from 'axe-core';
import type { Page } from 'playwright-core';

interface Found {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** WCAG 2.2 A and AA by axe-core: each serious or critical violation as one line with its places. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not inserted as a script: the page's policy allows no inline scripts, and that stays.
  await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (context: unknown, options: unknown) => Promise<{ violations: Found[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    // what lies behind a modal dialog is covered on purpose: half a button at its edge is no target
    const modal = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].findLast((each) =>
      each.checkVisibility(),
    );
    const result = await axe.run(modal ?? document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
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
