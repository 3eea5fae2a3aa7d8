import { expect, test, vi } from "vitest";
import { orSay } from "../../../web/ui/toast.ts";

test("what does not come is said, in words that may be given; what comes is not", async () => {
	const hush = vi.spyOn(console, "info").mockReturnValue(undefined);
	const texts: string[] = [];
	const show = ({ text }: { readonly text: string }): void => void texts.push(text);
	const lost = () => Promise.reject(new Error("no line"));
	await orSay(async () => undefined, "frame.home.failed", show);
	expect(texts).toEqual([]);
	await orSay(lost, undefined, show);
	await orSay(lost, "frame.home.failed", show);
	expect(new Set(texts).size).toBe(2);
	hush.mockRestore();
});
