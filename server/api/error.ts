/** Every error: what is wrong, with the value, and the remedy. */
export interface ErrorResponse {
  statusCode: number;
  message: string;
  /** To find it in the log. */
  errorId: string;
}
