/** What a test does around the text: menu, files, what is painted, who else writes. */
import type { Locator, Page } from "playwright-core";
import type { Harness } from "../text-page/page.ts";

declare const harness: Harness;

/** The page as Ann has it before her. */
export class Desk {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/** Where one types what is looked for, once one can. */
	get findField(): Locator {
		return this.#page.locator("weft-find-bar input[name=find]:focus");
	}

	/** What is painted under a name, first to last. */
	painted(name: string): Promise<string[]> {
		return this.#page.evaluate((of) => {
			return [...(CSS.highlights.get(of) ?? [])].map((range) => {
				const live = document.createRange();
				live.setStart(range.startContainer, range.startOffset);
				live.setEnd(range.endContainer, range.endOffset);
				return String(live);
			});
		}, name);
	}

	/** Ben writes, as a stranger's client would. */
	writeAsBen(index: number, words: string): Promise<void> {
		return this.#page.evaluate(
			([at, text]) => {
				const ben = harness.guests[1];
				ben?.client.doc.transact(() => ben.text.insert(at, text), "ben");
			},
			[index, words] as const,
		);
	}

	/** Chooses from Ann's menu of the document. */
	async menu(name: string): Promise<void> {
		await this.#page.getByRole("button", { name: "More about this document" }).first().click();
		const list = this.#page.locator(".weft-page-menu-list:popover-open");
		await list.getByRole("button", { name, exact: true }).click();
	}

	/** Adds a file to the text. */
	async giveFile(name: string, content: string | Buffer): Promise<void> {
		const chooser = this.#page.waitForEvent("filechooser");
		await this.menu("Add a file");
		await (await chooser).setFiles({ name, mimeType: "", buffer: Buffer.from(content) });
	}

	/** Notes from now on what the editor tells the person. */
	toasts(): Promise<void> {
		return this.#page.evaluate(() => {
			const all: string[] = [];
			Object.assign(globalThis, { toasts: all });
			addEventListener("weft-toast", (event) =>
				all.push((event as CustomEvent<{ text: string }>).detail.text),
			);
		});
	}

	/** What was told since `toasts`. */
	told(): Promise<string[]> {
		return this.#page.evaluate(() => (globalThis as unknown as { toasts: string[] }).toasts);
	}
}
