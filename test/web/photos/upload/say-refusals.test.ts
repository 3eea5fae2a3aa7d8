import { expect, test } from "vitest";
import { sayRefusals } from "../../../../web/photos/upload/say-refusals.ts";
import { sayFailure } from "../../../../web/ui/messages.ts";

const heic = sayFailure("photo_heic");
const broken = sayFailure("photo_broken");

test("each file is told with its own reason", () => {
	const told = sayRefusals([
		{ fileName: "a.heic", code: "photo_heic" },
		{ fileName: "b.jpg", code: "photo_broken" },
	]);
	expect(told).toEqual([`a.heic was not shared. ${heic}`, `b.jpg was not shared. ${broken}`]);
});

test("many files of one reason are named together, the rest counted", () => {
	const names = ["1.heic", "2.heic", "3.heic", "4.heic", "5.heic"];
	const told = sayRefusals(names.map((fileName) => ({ fileName, code: "photo_heic" as const })));
	expect(told).toEqual([`1.heic, 2.heic, 3.heic, and 2 more were not shared. ${heic}`]);
});
