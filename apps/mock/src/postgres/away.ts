/** The store cannot be reached, or no instance is active: the request is to be sent again a second later. */
export class StoreAwayError extends Error {
  override readonly name = "StoreAwayError";

  constructor() {
    super("The store is away. Nothing is lost that was acknowledged; send the request again.");
  }
}
