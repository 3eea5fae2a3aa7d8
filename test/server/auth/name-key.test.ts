import { expect, test } from "vitest";
import { lookOf, nameKey } from "../../../server/auth/name-key.ts";

test.each([
	["Ann", "\u0410nn"],
	["Bob", "\u0412\u043eb"],
	["Alice", "AIice"],
	["Otto", "0tto"],
	["paul", "\u0440\u0430u\u04cf"],
	["Nina", "\u039dina"],
])("%s and %s look alike", (name, other) => {
	expect(nameKey(other)).not.toBe(nameKey(name));
	expect(lookOf(other)).toBe(lookOf(name));
});

test.each([
	["Ann", "Anna"],
	["Ina", "Lina"],
	["Ian", "Lan"],
	["Anna I", "Anna L"],
	["Ren\u00e9", "Rene"],
	["\u0418\u0432\u0430\u043d", "\u0418\u0432\u0430"],
])("%s and %s do not", (name, other) => {
	expect(lookOf(other)).not.toBe(lookOf(name));
});
