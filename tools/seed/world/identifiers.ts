import { Random } from '../invented/random';

/** One id a millisecond from the day of the plan on: sorted by making, older than anything the running system makes. */
const firstMoment = Date.UTC(2016, 8, 1);

const day = 86_400_000;
const year = 365 * day;

const hex = (n: number, length: number) => n.toString(16).padStart(length, '0');
/** Every three digits: ids are made by the million. */
const three = Array.from({ length: 4096 }, (_, n) => hex(n, 3));

/** Ids in the shape of UUIDv7, the same at every seeding of a scale. */
export class Identifiers {
  private made = 0;
  private readonly random: Random;

  /** `years` and `days` after the first moment, so that what is made later or in another part has ids of its own. */
  constructor(
    seed: string,
    private readonly years = 0,
    private readonly days = 0,
  ) {
    this.random = new Random(`ids of ${seed}`);
  }

  next(): string {
    const time = hex(firstMoment + this.years * year + this.days * day + this.made++, 12);
    const part = (bits: number) => this.random.between(0, 2 ** bits - 1);
    const variant = (0x8000 | part(14)).toString(16);
    const [own, one, other] = [part(12), part(24), part(24)];
    const six = (n: number) => `${three[n >> 12]}${three[n & 4095]}`;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${three[own]}-${variant}-${six(one)}${six(other)}`;
  }
}
