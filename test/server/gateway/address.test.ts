import { expect, test } from "vitest";
import { addressOf, networkOf } from "../../../server/gateway/address.ts";

const from = (remoteAddress: string | undefined, forwarded?: string) =>
	addressOf({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } });

test("a proxy on this machine says whose request it is; nobody else is believed", () => {
	expect(from("127.0.0.1", "203.0.113.7")).toBe("203.0.113.7");
	expect(from("::1", "10.0.0.1, 203.0.113.7")).toBe("203.0.113.7");
	expect(from("::ffff:127.0.0.1", "203.0.113.7")).toBe("203.0.113.7");
	expect(from("203.0.113.9", "203.0.113.7")).toBe("203.0.113.9");
});

test("without a word of a proxy it is who is at the other end", () => {
	expect(from("127.0.0.1")).toBe("127.0.0.1");
	expect(from("127.0.0.1", " ")).toBe("127.0.0.1");
	expect(from(undefined)).toBe("");
});

test("a household is one network: an address of IPv4, or half of one of IPv6", () => {
	expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
	expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
	expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
	expect(networkOf("2001:db8:1:2::")).toBe("2001:db8:1:2::/64");
	expect(networkOf("2001:db8::5")).toBe("2001:db8:0:0::/64");
	expect(networkOf("::1")).toBe("0:0:0:0::/64");
	expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
	expect(networkOf("")).toBe("");
	expect(networkOf("unknown")).toBe("unknown");
});
