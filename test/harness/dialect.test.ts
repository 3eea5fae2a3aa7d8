/** Bytes written by hand from the head of `dialect.ts`, not made by our own encoder. */
import { expect, test } from "vitest";
import { beginConversation } from "../../scripts/converge/systems/dialect.ts";
import { encodeHello, encodeInk } from "../../shared/protocol.ts";

/** string("né") and what follows: the name has three bytes. */
const named = (...bytes: number[]) => Uint8Array.of(3, 0x6e, 0xc3, 0xa9, ...bytes);
const status = (isTaken: boolean) => named(8, isTaken ? 1 : 0);
/** `saved`, of so many writes, at no time. */
const saved = (count: number) => ({ kind: "frame", frame: Uint8Array.of(0x66, count, 0) });
const nothing = { kind: "nothing" };

test("Hocuspocus is greeted with a token, the room's name first", () => {
	const [greeting, ...others] = beginConversation("hocuspocus", "né").greeting();
	expect(others).toEqual([]);
	const text = [..."anyone"].map((letter) => letter.charCodeAt(0));
	const version = [..."4.7.0"].map((letter) => letter.charCodeAt(0));
	expect(greeting).toEqual(named(2, 0, 6, ...text, 5, ...version));
});

test("frames of y-protocols go to Hocuspocus behind the room's name, Weft's own do not", () => {
	const talk = beginConversation("hocuspocus", "né");
	expect(talk.wrap(Uint8Array.of(0, 0, 1, 0))).toEqual(named(0, 0, 1, 0));
	expect(talk.wrap(Uint8Array.of(1, 1, 0))).toEqual(named(1, 1, 0));
	expect(talk.wrap(Uint8Array.of(3))).toEqual(named(3));
	expect(talk.wrap(encodeHello())).toBeNull();
	expect(talk.wrap(encodeInk(7, Uint8Array.of(1)))).toBeNull();
});

test("what Hocuspocus says of its room is heard without the name", () => {
	const talk = beginConversation("hocuspocus", "né");
	const frame = Uint8Array.of(0, 2, 2, 0, 0);
	expect(talk.unwrap(named(0, 2, 2, 0, 0))).toEqual({ kind: "frame", frame });
	expect(talk.unwrap(named(1, 1, 0))).toEqual({ kind: "frame", frame: Uint8Array.of(1, 1, 0) });
	// An answer that wants none is a sync message like others.
	expect(talk.unwrap(named(4, 2, 2, 0, 0))).toEqual({ kind: "frame", frame });
});

test("what Hocuspocus says of another room, or in words of its own, is nothing to us", () => {
	const talk = beginConversation("hocuspocus", "né");
	expect(talk.unwrap(Uint8Array.of(1, 0x6e, 0, 2, 2, 0, 0))).toEqual(nothing);
	expect(talk.unwrap(named(5, 1, 0x61))).toEqual(nothing);
	expect(talk.unwrap(named(2, 2, 1, 0x61))).toEqual(nothing);
});

test("each write that Hocuspocus took is one more that is saved", () => {
	const talk = beginConversation("hocuspocus", "né");
	expect([1, 2, 3].map(() => talk.unwrap(status(true)))).toEqual([1, 2, 3].map(saved));
});

test("behind a write that Hocuspocus refused nothing is called saved", () => {
	const talk = beginConversation("hocuspocus", "né");
	expect(talk.unwrap(status(true))).toEqual(saved(1));
	expect(talk.unwrap(status(false))).toEqual(nothing);
	expect(talk.unwrap(status(true))).toEqual(nothing);
});

test("a refusal and the end of a room end the connection, with the reason", () => {
	const talk = beginConversation("hocuspocus", "né");
	expect(talk.unwrap(named(2, 1, 2, 0x6e, 0x6f))).toEqual({ kind: "ended", reason: "no" });
	expect(talk.unwrap(named(7, 2, 0x6e, 0x6f))).toEqual({ kind: "ended", reason: "no" });
});

test("a message of Hocuspocus that is cut short is an error", () => {
	const talk = beginConversation("hocuspocus", "né");
	expect(() => talk.unwrap(Uint8Array.of(3, 0x6e))).toThrow();
	expect(() => talk.unwrap(named())).toThrow();
	expect(() => talk.unwrap(named(8))).toThrow();
});

test("a plain Yjs server is sent only words of y-protocols, and Weft all of them", () => {
	const step1 = Uint8Array.of(0, 0, 1, 0);
	const plain = beginConversation("y-websocket", "né");
	expect(plain.greeting()).toEqual([]);
	expect(plain.wrap(step1)).toEqual(step1);
	expect(plain.wrap(encodeHello())).toBeNull();
	expect(plain.unwrap(step1)).toEqual({ kind: "frame", frame: step1 });
	const weft = beginConversation("weft", "né");
	expect(weft.greeting()).toEqual([]);
	expect(weft.wrap(encodeHello())).toEqual(encodeHello());
});
