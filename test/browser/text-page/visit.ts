/** What a test does on the page of the document: open a room, look, put the caret somewhere. */
import type { Page } from "playwright-core";
import type { Harness } from "./page.ts";
import type { TextPage } from "./serve.ts";

declare const harness: Harness;

/** One open room, as Ann sits in it. */
export class Visit {
	readonly page: Page;
	/** Errors and broken policies of the page. */
	readonly complaints: string[];

	constructor(page: Page, complaints: string[]) {
		this.page = page;
		this.complaints = complaints;
	}

	/** A page of its own, without a room yet. */
	static async begin(site: TextPage): Promise<Visit> {
		const { page, complaints } = await site.open();
		return new Visit(page, complaints);
	}

	/** Opens a room with that text; Ann's caret is at its beginning. */
	async openWith(start: object[] = [], peopleCount = 1): Promise<void> {
		await this.page.evaluate(([count, ops]) => harness.open(count, ops), [
			peopleCount,
			start,
		] as const);
		await this.select(0);
	}

	/** Puts Ann's caret, as she would with the mouse. */
	select(index: number, length = 0): Promise<void> {
		return this.page.evaluate(
			([at, long]) => {
				const quill = harness.guests[0]?.editor.session?.quill;
				quill?.focus();
				quill?.setSelection(at, long, "user");
			},
			[index, length] as const,
		);
	}

	/** What the doc holds. */
	ops(): Promise<unknown[]> {
		return this.page.evaluate(() => harness.ops());
	}

	/** Where Ann's caret is. */
	caret(): Promise<number | undefined> {
		return this.page.evaluate(() => harness.guests[0]?.editor.session?.quill.getSelection()?.index);
	}

	/** True where Ann and Ben see different documents. */
	screensDiffer(): Promise<boolean> {
		return this.page.evaluate(
			() => JSON.stringify(harness.shown(0)) !== JSON.stringify(harness.shown(1)),
		);
	}

	async end(): Promise<void> {
		await this.page.context().close();
	}
}
