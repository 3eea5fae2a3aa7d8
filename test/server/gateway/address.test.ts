import { expect, test } from "vitest";
import { addressOf } from "../../../server/gateway/address.ts";

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
