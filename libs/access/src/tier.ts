/** The five tiers of 逐级分发, from the top. A school hangs under the authority that runs it, whatever that one's tier. */
export const tiers = ['central', 'province', 'city', 'county', 'school'] as const;
export type Tier = (typeof tiers)[number];

export const tierNames: Readonly<Record<Tier, { zh: string; en: string }>> = {
  central: { zh: '中央', en: 'central' },
  province: { zh: '省', en: 'province' },
  city: { zh: '市', en: 'city' },
  county: { zh: '县', en: 'county' },
  school: { zh: '校', en: 'school' },
};
