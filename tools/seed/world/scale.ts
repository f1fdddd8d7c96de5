/** Sizes of the demo: s starts fast, m shows lists that page, l is a city as the plan means it, county is one county on its last day: 3,000 records wait for it. */
export const scales = {
  s: { schools: 5, teachers: 300 },
  m: { schools: 90, teachers: 3_000 },
  l: { schools: 900, teachers: 30_000 },
  county: { schools: 45, teachers: 3_650 },
} as const;

export type SeedScale = keyof typeof scales;

export const isScale = (text: string | undefined): text is SeedScale => text !== undefined && text in scales;
