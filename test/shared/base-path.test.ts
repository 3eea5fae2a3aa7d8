import { expect, test } from "vitest";
import { belowBase, cleanBase } from "../../shared/base-path.ts";

test("a base has a slash at both ends, however it was written", () => {
	for (const text of ["weft", "/weft", "weft/", "/weft/"]) expect(cleanBase(text)).toBe("/weft/");
	expect(cleanBase("a/b")).toBe("/a/b/");
	for (const text of ["", "/", "//"]) expect(cleanBase(text)).toBe("/");
});

test("a path loses its base; one that a proxy has cut already stays", () => {
	const below = (path: string) => belowBase(path, "/weft/");
	expect(below("/weft/api/me?x=1")).toBe("/api/me?x=1");
	expect(below("/weft/")).toBe("/");
	expect(below("/weft")).toBe("/");
	expect(below("/weft?x=1")).toBe("/?x=1");
	expect(below("/api/me")).toBe("/api/me");
	expect(below("/wefts/api")).toBe("/wefts/api");
	expect(belowBase("/api/me", "/")).toBe("/api/me");
	expect(belowBase("/", "/")).toBe("/");
});
