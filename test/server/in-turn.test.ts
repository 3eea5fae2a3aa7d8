import { expect, test } from "vitest";
import { InTurn } from "../../server/in-turn.ts";

test("work of one key goes one after another, also behind what failed", async () => {
	const turns = new InTurn<string>();
	const order: string[] = [];
	let finish: () => void = () => undefined;
	const slow = turns.run("garden", async () => {
		await new Promise<void>((resolve) => {
			finish = resolve;
		});
		order.push("slow");
		throw new Error("failed");
	});
	const next = turns.run("garden", async () => {
		order.push("next");
		return "done";
	});
	await turns.run("kitchen", async () => void order.push("elsewhere"));
	finish();
	await expect(slow).rejects.toThrow("failed");
	expect(await next).toBe("done");
	expect(order).toEqual(["elsewhere", "slow", "next"]);
});
