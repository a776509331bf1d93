/** One unit followed over time. */
export interface FollowUp {
  /** Seconds until it ended or was last seen. */
  exit: number;
  /** 0 still open, 1 happened, 2 ended otherwise. */
  ended: 0 | 1 | 2;
  /** Age at which it came under observation; units seen from the start have none. */
  entry?: number;
}

/** Rounding of products of fractions must not decide whether a share is reached. */
export const shareTolerance = 1e-9;
