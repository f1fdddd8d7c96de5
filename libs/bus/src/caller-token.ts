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

interface Verified {
  readonly caller: Caller;
  /** Unix milliseconds. */
  readonly until: number;
}

/** Of one process; identity signs a new one per session and second. */
const mostRemembered = 10_000;

/**
 * Every service verifies the signed caller itself, so none can be talked into a wider scope. The same bytes are verified
 * once: what they say and until when they are good cannot change, and the end is looked at every time.
 */
export class CallerVerifier {
  private readonly verified = new Map<string, Verified>();

  private constructor(private readonly key: Awaited<ReturnType<typeof importSPKI>>) {}

  /** `pem`: SPKI Ed25519 public key. */
  static async from(pem: string): Promise<CallerVerifier> {
    return new CallerVerifier(await importSPKI(pem, algorithm));
  }

  /** Null when forged, expired or not signed by identity. */
  async verify(token: string | undefined): Promise<Caller | null> {
    if (!token) return null;
    const known = this.verified.get(token);
    if (known) return Date.now() < known.until ? known.caller : null;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer,
        algorithms: [algorithm],
        requiredClaims: ['exp'],
      });
      const caller = Object.freeze(payload['caller'] as Caller);
      this.remember(token, { caller, until: payload.exp! * 1000 });
      return caller;
    } catch {
      return null;
    }
  }

  private remember(token: string, verified: Verified): void {
    this.verified.set(token, verified);
    const oldest = this.verified.keys();
    while (this.verified.size > mostRemembered) this.verified.delete(oldest.next().value as string);
  }
}
