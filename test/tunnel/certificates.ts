/** Certificates for servers of tests, made when they are needed: no key lies in the tree. */
import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** An authority and a server's certificate by it, PEM. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A new authority, and by it a certificate for a host. */
export function certificatesFor(host: string): Certificates {
  const [ca, server] = [keys(), keys()];
  const name = `authority ${Math.random().toString(36).slice(2)}`;
  return {
    authority: certificate({
      subject: name,
      issuer: name,
      subjectKey: ca.publicKey,
      by: ca.privateKey,
      isAuthority: true,
    }),
    certificate: certificate({ subject: host, issuer: name, subjectKey: server.publicKey, by: ca.privateKey, host }),
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function keys(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

interface Request {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectKey: KeyObject;
  readonly by: KeyObject;
  readonly isAuthority?: boolean;
  readonly host?: string;
}

/** X.509 version 3 (RFC 5280, section 4.1), signed with ECDSA and SHA-256. */
function certificate({ subject, issuer, subjectKey, by, isAuthority = false, host }: Request): string {
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const extensions = [
    ...(isAuthority ? [sequence(oid("551d13"), der(0x04, sequence(der(0x01, Buffer.from([0xff])))))] : []),
    ...(host === undefined ? [] : [sequence(oid("551d11"), der(0x04, sequence(der(0x82, Buffer.from(host)))))]),
  ];
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 126)])),
    algorithm,
    named(issuer),
    sequence(time(-1), time(1)),
    named(subject),
    subjectKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, by)]);
  const whole = sequence(body, algorithm, der(0x03, signature)).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, "$&\n").trim()}\n-----END CERTIFICATE-----\n`;
}

function named(name: string): Buffer {
  return sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(name)))));
}

function time(days: number): Buffer {
  const text = new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return der(0x18, Buffer.from(text));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
