import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { copier } from "../../../web/presence/share.ts";

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("navigator", { clipboard: { writeText: async () => undefined } });
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test("that something was copied is said for as long, also right after something else", async () => {
	const said: (string | null)[] = [];
	const copy = copier<string>((copied) => said.push(copied?.what ?? null));
	const field = { value: "https://weft.example/r/garden" } as HTMLInputElement;
	await copy("edit", field);
	vi.advanceTimersByTime(1_500);
	await copy("view", field);
	vi.advanceTimersByTime(1_500);
	expect(said).toEqual(["edit", "view"]);
	vi.advanceTimersByTime(500);
	expect(said).toEqual(["edit", "view", null]);
});
