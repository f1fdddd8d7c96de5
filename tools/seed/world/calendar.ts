import type { Random } from '../invented/random';

const day = 86_400_000;

/** Days before the seeding at which each step of the collection happened, and how far they spread. */
const steps = {
  founded: { days: 90, spread: 0 },
  issued: { days: 60, spread: 5 },
  activated: { days: 50, spread: 8 },
  registered: { days: 40, spread: 6 },
  filled: { days: 30, spread: 12 },
  submitted: { days: 16, spread: 4 },
  schoolDecided: { days: 11, spread: 3 },
  sentUpward: { days: 7, spread: 0 },
  authorityDecided: { days: 6, spread: 5 },
} as const;

export type Step = keyof typeof steps;

/** When things happened in the weeks before the seeding; a later step is never before an earlier one. */
export class Calendar {
  constructor(
    private readonly now: Date,
    private readonly random: Random,
  ) {}

  at(step: Step): Date {
    const { days, spread } = steps[step];
    return new Date(this.now.getTime() - (days - spread * this.random.next()) * day);
  }
}
