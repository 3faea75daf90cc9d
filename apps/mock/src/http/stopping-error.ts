/** The mock is stopping: the request is to be sent again a second later, to the one that is started after it. */
export class StoppingError extends Error {
  override readonly name = "StoppingError";

  constructor() {
    super("The mock is stopping. Send the request again.");
  }
}
