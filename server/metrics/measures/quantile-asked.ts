/** A quantile to take; its place in the list names its columns: `q0`, `q0_lo`, `q0_hi`. */
export interface QuantileAsked {
  p: number;
  /** Confidence of its interval with the matching quantile of the normal distribution; null where none is asked. */
  interval: { confidence: number; z: number } | null;
}
