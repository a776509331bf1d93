/** The regularised incomplete beta function: what the distributions of Student, Fisher and the binomial have in common. */

/** I_x(a, b) for a, b > 0 by Lentz's continued fraction (Press et al. 2007, 6.4), good to some 14 places. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The x at which I_x(a, b) reaches p. */
export function incompleteBetaQuantile(p: number, a: number, b: number): number {
  let below = 0;
  let above = 1;
  for (let halvings = 0; halvings < 100; halvings++) {
    const middle = (below + above) / 2;
    if (incompleteBeta(middle, a, b) < p) below = middle;
    else above = middle;
  }
  return above;
}

/** Steps grow with the square root of a and b: this many serve a hundred million trials. */
const mostSteps = 50_000;
const tiny = 1e-300;

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostSteps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) return value;
  }
  throw new RangeError(`The incomplete beta function of ${a} and ${b} at ${x} does not converge.`);
}

function apart(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Lanczos 1964 with g = 7; for x >= 1/2. */
function logGamma(x: number): number {
  const sum = lanczos.reduce((total, coefficient, index) => total + (index === 0 ? coefficient : coefficient / (x - 1 + index)), 0);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}
