import { expect, test } from "vitest";
import { noNews, withNews } from "../../../web/pages/page-title.ts";

test.each([
	[noNews, "Garden"],
	[{ count: 3, isForMe: false }, "(3) Garden"],
	[{ count: 1, isForMe: true }, "(@ 1) Garden"],
	[{ count: 100, isForMe: false }, "(99+) Garden"],
])("%o at the tab", (news, title) => {
	expect(withNews("Garden", news)).toBe(title);
});
