/**
 * Sizes of the demo: s starts fast, m shows lists that page, l is a city as the plan means it, county is one county on its last day: 3,000 records
 * wait for it; district the same with 450. xl is a province for measuring: the city of l and ten others beside it.
 */
export const scales = {
  s: { schools: 5, teachers: 300 },
  m: { schools: 90, teachers: 3_000 },
  l: { schools: 900, teachers: 30_000 },
  county: { schools: 45, teachers: 3_650 },
  district: { schools: 10, teachers: 800 },
  xl: { schools: 18_000, teachers: 600_000 },
} as const;

export type SeedScale = keyof typeof scales;

export const isScale = (text: string | undefined): text is SeedScale => text !== undefined && text in scales;

/** Records of one row a section, of the sections everybody has. */
export const isLean = (scale: SeedScale): boolean => scale === 'l' || scale === 'xl';

/**
 * Nothing about teachers leaves through the outbox: what the others would make of it is written beside it. Two million
 * facts would take the consumers most of a day.
 */
export const isSettled = (scale: SeedScale): boolean => scale === 'xl';
