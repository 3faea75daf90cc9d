/** The sample of an operation in one language. */
export interface SampleFile {
  api: string;
  operationId: string;
  source: string;
}
