import fc from "fast-check";
import { Cidr } from "../../core/cidr.js";
import { InputError } from "../../core/issue.js";

const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
const block = fc.tuple(octets, fc.integer({ min: 0, max: 32 })).map(([bytes, length]) => {
  const address = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(32 - length);
  return Cidr.at(4, (address / size) * size, length);
});

test.each(["10.0.0.0/16", "0.0.0.0/0", "192.0.2.1/32", "::/0", "2001:db8::/32"])("reads '%s'", (text) => {
  expect(Cidr.parse(text)).toBe(text);
});

test.each([
  ["", "empty text"],
  ["10.0.0.0", "no prefix length"],
  ["10.0.0.0/33", "a prefix length beyond the address"],
  ["10.0.0.1/16", "host bits are set"],
  ["010.0.0.0/8", "an octet that may be octal"],
  ["10.0/16", "missing octets"],
  ["999.999.0.0/99", "octets beyond 255"],
  ["10.0.0.0/16/24", "two prefix lengths"],
  ["2001:db8::1/32", "host bits of IPv6 are set"],
])("refuses '%s': %s", (text) => {
  expect(() => Cidr.parse(text, "vpc.cidr")).toThrow(InputError);
  expect(() => Cidr.parse(text, "vpc.cidr")).toThrow(
    `'vpc.cidr' must be an address block, got '${text}'. Write it like '10.0.0.0/16', host bits zero`,
  );
});

test("canonical form is a fixed point, and its range has the size that the prefix says", () => {
  fc.assert(
    fc.property(block, (cidr) => {
      const { first, last } = Cidr.range(cidr);
      expect(Cidr.parse(cidr)).toBe(cidr);
      expect(last - first + 1n).toBe(1n << BigInt(32 - Cidr.prefixLength(cidr)));
    }),
  );
});

test("two blocks either do not overlap, or one contains the other", () => {
  fc.assert(
    fc.property(block, block, (a, b) => {
      expect(Cidr.overlaps(a, b)).toBe(Cidr.contains(a, b) || Cidr.contains(b, a));
      expect(Cidr.overlaps(a, b)).toBe(Cidr.overlaps(b, a));
    }),
  );
});

test("IPv4 says nothing about IPv6", () => {
  expect(Cidr.contains(Cidr.parse("::/0"), Cidr.parse("10.0.0.0/8"))).toBe(false);
  expect(Cidr.overlaps(Cidr.parse("0.0.0.0/0"), Cidr.parse("2001:db8::/32"))).toBe(false);
});

test("the second address of a VPC is Amazon's resolver", () => {
  expect(Cidr.address(Cidr.parse("10.20.0.0/16"), 2)).toBe("10.20.0.2");
});
