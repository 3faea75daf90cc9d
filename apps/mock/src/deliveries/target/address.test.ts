import { expect, test } from "vitest";
import { canonicalizeHost, describeSpecialRange, parseLiteral } from "./address.ts";

test.each([
  ["127.0.0.1", "127.0.0.1", "a loopback"],
  ["127.255.255.254", "127.255.255.254", "a loopback"],
  ["2130706433", "127.0.0.1", "a loopback"],
  ["0x7f.1", "127.0.0.1", "a loopback"],
  ["0X7F000001", "127.0.0.1", "a loopback"],
  ["017700000001", "127.0.0.1", "a loopback"],
  ["0177.0.0.01", "127.0.0.1", "a loopback"],
  ["127.1", "127.0.0.1", "a loopback"],
  ["127.0.1", "127.0.0.1", "a loopback"],
  ["127.0.0.1.", "127.0.0.1", "a loopback"],
  ["%31%32%37.0.0.1", "127.0.0.1", "a loopback"],
  ["127。0。0。1", "127.0.0.1", "a loopback"],
  ["0.0.0.0", "0.0.0.0", "an unspecified"],
  ["0", "0.0.0.0", "an unspecified"],
  ["10.0.0.1", "10.0.0.1", "a private"],
  ["0x0a000001", "10.0.0.1", "a private"],
  ["172.16.0.1", "172.16.0.1", "a private"],
  ["172.31.255.255", "172.31.255.255", "a private"],
  ["192.168.1.1", "192.168.1.1", "a private"],
  ["3232235777", "192.168.1.1", "a private"],
  ["169.254.169.254", "169.254.169.254", "a link-local"],
  ["2852039166", "169.254.169.254", "a link-local"],
  ["100.64.0.1", "100.64.0.1", "a carrier-grade NAT"],
  ["224.0.0.1", "224.0.0.1", "a multicast"],
  ["255.255.255.255", "255.255.255.255", "a broadcast"],
  ["240.0.0.1", "240.0.0.1", "a reserved"],
  ["192.0.2.1", "192.0.2.1", "a reserved"],
  ["198.18.0.1", "198.18.0.1", "a reserved"],
  ["[::1]", "::1", "a loopback"],
  ["::1", "::1", "a loopback"],
  ["[0:0:0:0:0:0:0:1]", "::1", "a loopback"],
  ["[::]", "::", "an unspecified"],
  ["[::ffff:127.0.0.1]", "::ffff:7f00:1", "a loopback"],
  ["::ffff:7f00:1", "::ffff:7f00:1", "a loopback"],
  ["[::ffff:169.254.169.254]", "::ffff:a9fe:a9fe", "a link-local"],
  ["[::127.0.0.1]", "::7f00:1", "a reserved"],
  ["[::ffff:0:127.0.0.1]", "::ffff:0:7f00:1", "a reserved"],
  ["[64:ff9b::127.0.0.1]", "64:ff9b::7f00:1", "a loopback"],
  ["[64:ff9b::a00:1]", "64:ff9b::a00:1", "a private"],
  ["[64:ff9b:1::8.8.8.8]", "64:ff9b:1::808:808", "a reserved"],
  ["[2002:7f00:1::]", "2002:7f00:1::", "a loopback"],
  ["[2002:a9fe:a9fe::1]", "2002:a9fe:a9fe::1", "a link-local"],
  ["[2001:0:1::1]", "2001:0:1::1", "a reserved"],
  ["[2001:db8::1]", "2001:db8::1", "a reserved"],
  ["[fe80::1]", "fe80::1", "a link-local"],
  ["fe80::1%eth0", "fe80::1", "a link-local"],
  ["fe80::1%br-lan.100", "fe80::1", "a link-local"],
  ["[fec0::1]", "fec0::1", "a reserved"],
  ["[fc00::1]", "fc00::1", "a unique-local"],
  ["[fd00:ec2::254]", "fd00:ec2::254", "a unique-local"],
  ["[ff02::1]", "ff02::1", "a multicast"],
  ["[4000::1]", "4000::1", "a reserved"],
])("%s is %s, %s address", (host, address, range) => {
  const literal = parseLiteral(host);
  expect(literal?.toString()).toBe(address);
  expect(literal && describeSpecialRange(literal)).toBe(range);
});

test.each([
  "8.8.8.8",
  "134744072",
  "1.1",
  "172.32.0.1",
  "100.128.0.1",
  "[2606:4700::1111]",
  "[::ffff:8.8.8.8]",
  "[64:ff9b::8.8.8.8]",
  "[2002:808:808::1]",
])("%s is a public address", (host) => {
  const literal = parseLiteral(host);
  expect(literal).toBeDefined();
  expect(literal && describeSpecialRange(literal)).toBeUndefined();
});

test.each([
  "listener.test",
  "localhost",
  "127.0.0.1.nip.test",
  "",
  "user@127.0.0.1",
  "127.0.0.1/8",
  "256.0.0.1",
])("%j is no address", (host) => {
  expect(parseLiteral(host)).toBeUndefined();
});

test.each([
  ["Listener.TEST.", "listener.test"],
  ["bücher.test", "xn--bcher-kva.test"],
  ["a b", undefined],
  ["listener.test:80", undefined],
])("The canonical form of %j is %j", (host, canonical) => {
  expect(canonicalizeHost(host)).toBe(canonical);
});
