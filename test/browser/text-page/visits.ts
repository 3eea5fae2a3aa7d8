/** A page of the document for each test of a file. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { serveTextPage, type TextPage } from "./serve.ts";
import { Visit } from "./visit.ts";

/**
 * Hands each test of the `describe` that it is called in a page of its own, and holds the page to
 * having nothing to complain of in the end.
 */
export function visitEach(begin: (visit: Visit) => void): void {
	let site: TextPage;
	let visit: Visit | null;
	beforeAll(async () => {
		site = await serveTextPage();
	});
	afterAll(() => site?.close());
	beforeEach(async () => {
		visit = null;
		visit = await Visit.begin(site);
		begin(visit);
	});
	afterEach(async () => {
		await visit?.end();
		expect(visit?.complaints).toEqual([]);
	});
}
