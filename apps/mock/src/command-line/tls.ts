import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";

/**
 * Reads the certificate and the key of https.
 *
 * @throws {Error} that names the flag and the file of the one that cannot be used
 */
export function readTls(certFile: string, keyFile: string): { cert: string; key: string } {
  const cert = readText("--tls-cert", certFile);
  const key = readText("--tls-key", keyFile);
  const demand = (pem: SecureContextOptions, refusal: string) => {
    try {
      createSecureContext(pem);
    } catch {
      // OpenSSL's own words, such as "no start line", name neither the option nor the file.
      throw new Error(refusal);
    }
  };
  demand({ cert }, `--tls-cert ${certFile}: is not a certificate in PEM form.`);
  demand({ key }, `--tls-key ${keyFile}: is not a private key in PEM form, without a passphrase.`);
  demand({ cert, key }, `--tls-key ${keyFile}: is not the key of the certificate in ${certFile}.`);
  return { cert, key };
}

function readText(flag: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${flag} ${file}: ${(error as Error).message}`);
  }
}
