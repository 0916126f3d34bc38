import ipaddr from "ipaddr.js";
import { InputError, issue } from "./issue.js";

declare const brand: unique symbol;

/** An IPv4 or IPv6 block in canonical form, such as `10.0.0.0/16`. Still a string, so it prints and serialises as one. */
export type Cidr = string & { readonly [brand]: "Cidr" };

/** First and last address of a block as numbers, both inclusive. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const IPV4 = /^(\d{1,3})(\.\d{1,3}){3}$/;

/** Parsing of and arithmetic on {@link Cidr}. */
export const Cidr = {
  /**
   * Reads a block. Octal-looking octets, missing octets and set host bits are refused.
   *
   * @param path Where the text stands, for the message.
   * @throws InputError when the text is not a block.
   */
  parse(text: string, path = "cidr"): Cidr {
    const read = Cidr.tryParse(text);
    if (read === undefined)
      throw new InputError("Cidr", [
        issue("Malformed", path, "must be an address block", text, "Write it like '10.0.0.0/16', host bits zero"),
      ]);
    return read;
  },

  /** Like {@link Cidr.parse}, with `undefined` for what is not a block. */
  tryParse(text: unknown): Cidr | undefined {
    if (typeof text !== "string") return undefined;
    const [address = "", length = "", ...rest] = text.split("/");
    if (rest.length > 0 || !/^\d{1,3}$/.test(length) || !isAddress(address)) return undefined;
    if (!ipaddr.isValidCIDR(text)) return undefined;
    const [parsed, bits] = ipaddr.parseCIDR(text);
    const canonical = `${parsed.toString()}/${bits}` as Cidr;
    const { first } = Cidr.range(canonical);
    return first === toBigInt(parsed) ? canonical : undefined;
  },

  /** First and last address of a block. */
  range(cidr: Cidr): AddressRange {
    const [address, bits] = ipaddr.parseCIDR(cidr);
    const width = address.kind() === "ipv4" ? 32 : 128;
    const size = 1n << BigInt(width - bits);
    const first = (toBigInt(address) / size) * size;
    return { version: width === 32 ? 4 : 6, first, last: first + size - 1n };
  },

  /** Length of the prefix: 16 of `10.0.0.0/16`. */
  prefixLength(cidr: Cidr): number {
    return ipaddr.parseCIDR(cidr)[1];
  },

  /** Whether every address of `inner` lies in `outer`. False across IP versions. */
  contains(outer: Cidr, inner: Cidr): boolean {
    const [a, b] = [Cidr.range(outer), Cidr.range(inner)];
    return a.version === b.version && a.first <= b.first && b.last <= a.last;
  },

  /** Whether the blocks share an address. False across IP versions. */
  overlaps(left: Cidr, right: Cidr): boolean {
    const [a, b] = [Cidr.range(left), Cidr.range(right)];
    return a.version === b.version && a.first <= b.last && b.first <= a.last;
  },

  /** The block of `prefixLength` that begins at `first`; the caller has aligned it. */
  at(version: 4 | 6, first: bigint, prefixLength: number): Cidr {
    return `${addressAt(version, first)}/${prefixLength}` as Cidr;
  },

  /** The `offset`-th address of a block, counted from zero: `.2` is the Amazon resolver of a VPC. */
  address(cidr: Cidr, offset: number): string {
    const range = Cidr.range(cidr);
    return addressAt(range.version, range.first + BigInt(offset));
  },
} as const;

function isAddress(text: string): boolean {
  if (text.includes(":")) return ipaddr.IPv6.isValid(text);
  return IPV4.test(text) && text.split(".").every((octet) => Number(octet) <= 255 && String(Number(octet)) === octet);
}

function toBigInt(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function addressAt(version: 4 | 6, value: bigint): string {
  const bytes = Array.from({ length: version === 4 ? 4 : 16 }, (_, i) =>
    Number((value >> BigInt(8 * ((version === 4 ? 4 : 16) - 1 - i))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
