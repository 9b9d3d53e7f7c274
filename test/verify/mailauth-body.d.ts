/** mailauth declares types for its entry points only. */
declare module 'mailauth/lib/dkim/body/index.js' {
  interface BodyHasher {
    update(chunk: Buffer): void;
    digest(encoding: 'base64'): string;
  }
  const body: {
    dkimBody(form: 'simple' | 'relaxed', algorithm: string, limit: number | undefined): BodyHasher;
  };
  export default body;
}
