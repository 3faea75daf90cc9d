import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";

/** A file, and the option that names it, as the user has written it. */
interface NamedFile {
  name: string;
  path: string;
}

/**
 * Reads the certificate and the key of https.
 *
 * @throws {Error} that names the option and the file of the one that cannot be used
 */
export function readTls(certFile: NamedFile, keyFile: NamedFile): { cert: string; key: string } {
  const cert = readText(certFile);
  const key = readText(keyFile);
  const demand = (pem: SecureContextOptions, refusal: string) => {
    try {
      createSecureContext(pem);
    } catch {
      // OpenSSL's own words, such as "no start line", name neither the option nor the file.
      throw new Error(refusal);
    }
  };
  demand({ cert }, `${certFile.name} ${certFile.path}: is not a certificate in PEM form.`);
  demand({ key }, `${keyFile.name} ${keyFile.path}: is not a private key in PEM form, without a passphrase.`);
  demand(
    { cert, key },
    `${keyFile.name} ${keyFile.path}: is not the key of the certificate in ${certFile.path}.`,
  );
  return { cert, key };
}

function readText({ name, path }: NamedFile): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${name} ${path}: ${(error as Error).message}`);
  }
}
