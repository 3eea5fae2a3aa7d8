import { expect, test } from "vitest";
import { fileNames } from "../../../../web/photos/album/file-names.ts";

const photo = (caption: string, type = "image/jpeg") => ({ caption, type });

test("photos are called by their order and caption", () => {
	const names = fileNames([photo("The cake"), photo("", "image/png"), photo("Käse 🧀")]);
	expect(names).toEqual(["001 The cake.jpg", "002.png", "003 Käse 🧀.jpg"]);
});

test("no name leads out of its folder or is refused by a file system", () => {
	const names = fileNames([photo("../../etc/passwd"), photo('a:b*c?"<>|\\ \n d...'), photo("...")]);
	expect(names).toEqual(["001 .. .. etc passwd.jpg", "002 a b c d.jpg", "003.jpg"]);
});

test("long captions are cut between letters, and many photos stay in order", () => {
	const names = fileNames(Array.from({ length: 1_200 }, () => photo("🧀".repeat(90))));
	expect(names[0]).toBe(`0001 ${"🧀".repeat(60)}.jpg`);
	expect([...names].sort()).toEqual(names);
	expect(new Set(names).size).toBe(1_200);
});
