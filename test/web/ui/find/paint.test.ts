/** Words are painted where they stand, also by a browser that cleans only what it is told to. */
import { afterEach, expect, test, vi } from "vitest";
import { paint } from "../../../../web/ui/find/paint.ts";

type Words = AbstractRange & { readonly words: string };

const words = (text: string) => ({ words: text }) as Words;

/** What is seen: WebKit paints what comes into a highlight, and cleans what is taken out of one. */
function openScreen(): string[] {
	const seen: string[] = [];
	class Painted extends Set<Words> {
		priority = 0;
		override add(range: Words): this {
			seen.push(range.words);
			return super.add(range);
		}
		override delete(range: Words): boolean {
			const isThere = super.delete(range);
			if (isThere) seen.splice(seen.indexOf(range.words), 1);
			return isThere;
		}
		override clear(): void {
			for (const range of [...this]) this.delete(range);
		}
	}
	vi.stubGlobal("Highlight", Painted);
	vi.stubGlobal("CSS", { highlights: new Map() });
	return seen;
}

afterEach(() => vi.unstubAllGlobals());

test("what is found no longer is not seen any more, where other words are", () => {
	const seen = openScreen();
	paint("found", [words("o"), words("o")]);
	paint("found", [words("one")]);
	expect(seen).toEqual(["one"]);
});

test("where nothing is found any more, nothing is painted", () => {
	const seen = openScreen();
	paint("found", [words("one")]);
	paint("other", [words("rose")]);
	paint("found", []);
	expect(seen).toEqual(["rose"]);
	expect([...CSS.highlights.keys()]).toEqual(["other"]);
});

test("a browser that paints no words is let be", () => {
	vi.stubGlobal("CSS", {});
	expect(() => paint("found", [words("one")])).not.toThrow();
});
