import type { Caller } from '@shidang/access';
import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';

/** A token covers one request and its deadline; a captured one is worthless soon after (architecture: 12 s). */
export const callerTokenSeconds = 12;

const algorithm = 'EdDSA';
const issuer = 'shidang:identity';

/** Identity signs callers; nobody else holds the private key. */
export class CallerSigner {
  private constructor(private readonly key: Awaited<ReturnType<typeof importPKCS8>>) {}

  /** `pem`: PKCS#8 Ed25519 private key. */
  static async from(pem: string): Promise<CallerSigner> {
    return new CallerSigner(await importPKCS8(pem, algorithm));
  }

  sign(caller: Caller): Promise<string> {
    return new SignJWT({ caller })
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(`${callerTokenSeconds}s`)
      .sign(this.key);
  }
}

/** Every service verifies the signed caller itself, so none can be talked into a wider scope. */
export class CallerVerifier {
  private constructor(private readonly key: Awaited<ReturnType<typeof importSPKI>>) {}

  /** `pem`: SPKI Ed25519 public key. */
  static async from(pem: string): Promise<CallerVerifier> {
    return new CallerVerifier(await importSPKI(pem, algorithm));
  }

  /** Null when forged, expired or not signed by identity. */
  async verify(token: string | undefined): Promise<Caller | null> {
    if (!token) return null;
    try {
      const { payload } = await jwtVerify(token, this.key, { issuer, algorithms: [algorithm] });
      return payload['caller'] as Caller;
    } catch {
      return null;
    }
  }
}
