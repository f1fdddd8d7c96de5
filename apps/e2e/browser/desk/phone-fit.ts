import type { Desk } from './desk';

/** Targets below 44 px in height or width, by what they say; a tick is as large as the label around it. */
export const tooSmall = (desk: Desk): Promise<string[]> =>
  desk.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary')]
      .map((each) => each.closest('label') ?? each)
      .map(
        (each) =>
          ({ each, ...each.getBoundingClientRect().toJSON() }) as { each: HTMLElement; width: number; height: number },
      )
      .filter(({ each, width, height }) => each.checkVisibility() && Math.min(width, height) < 44)
      .map(({ each, width, height }) => `${each.tagName} ${each.textContent} ${width} × ${height}`),
  );

/** What stands out of the screen at its right. */
export const widerThanThePhone = (desk: Desk): Promise<string[]> =>
  desk.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => `${each.tagName}.${each.className} ${each.textContent?.slice(0, 20)}`),
  );
