/** A small seeded generator (sfc32): the same seed gives the same numbers on every machine. Statistics only, not secrets. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: string) {
    [this.a, this.b, this.c] = hashSeed(seed);
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** In [0, 1). */
  next(): number {
    const sum = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number in [from, to). */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from));
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    const choice = choices[this.whole(0, choices.length)];
    if (choice === undefined) throw new RangeError('Nothing to pick from: the list is empty.');
    return choice;
  }

  /** One key, as often as its weight says. */
  weighted<Choice extends string>(weights: Readonly<Record<Choice, number>>): Choice {
    const entries = Object.entries(weights) as [Choice, number][];
    let rest = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of entries) {
      rest -= weight;
      if (rest < 0) return choice;
    }
    return this.pick(entries)[0];
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Log-normal with this median; `sigma` is the spread of its logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** How many arrive where `mean` are expected (Knuth; means here are small). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let arrivals = 0;
    for (let product = this.next(); product > limit; product *= this.next()) arrivals += 1;
    return arrivals;
  }
}

function hashSeed(seed: string): [number, number, number] {
  let [first, second, third] = [1_779_033_703, 3_144_134_277, 1_013_904_242];
  for (let index = 0; index < seed.length; index += 1) {
    const code = seed.charCodeAt(index);
    first = second ^ Math.imul(first ^ code, 597_399_067);
    second = third ^ Math.imul(second ^ code, 2_869_860_233);
    third = first ^ Math.imul(third ^ code, 951_274_213);
  }
  return [first | 0, second | 0, third | 0];
}
