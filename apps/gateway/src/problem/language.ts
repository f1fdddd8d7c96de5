export type Language = 'zh' | 'en';

/** Chinese unless the reader prefers English: `Accept-Language: en, zh;q=0.5`. */
export function languageOf(header: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 };
  for (const part of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    if (language !== 'zh' && language !== 'en') continue;
    const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
    const weight = Number(quality ?? 1);
    if (weight > best.weight) best = { language, weight };
  }
  return best.language;
}
