/** A server comes back from an older copy: those who hold more are told, and lose nothing. */
import { cpSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { failures } from "../../shared/errors.ts";
import { scenario } from "../fixtures/app/stage.ts";
import { dropFolder, makeFolder } from "../fixtures/project.ts";

scenario("a restored backup", ({ people, weft }) => {
	test("who holds what others wrote is told, and loses nothing", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		for (const person of [ann, ben]) await person.goTo("/r/restored/document");
		await ann.write("[rose]");
		await ben.reads("[rose]");
		await ann.lightSays(/Saved/);
		await weft().stop();
		const backup = makeFolder();
		cpSync(weft().dataDir, backup, { recursive: true });
		await weft().start();
		await ann.write("[lily]");
		await ben.reads("[lily]");
		await ann.lightSays(/Saved/);
		ann.cable.cut();
		await ann.lightSays(/Offline/);

		await weft().stop();
		rmSync(weft().dataDir, { recursive: true });
		cpSync(backup, weft().dataDir, { recursive: true });
		dropFolder(backup);
		let socketCount = 0;
		ben.page.on("websocket", () => socketCount++);
		await weft().start();
		await ben.lightSays(/Stopped/);
		await ben.page.getByRole("alert").getByText(failures.foreign_client.say).waitFor();
		const triedCount = socketCount;
		await ben.reads("[lily]");

		ann.cable.mend();
		await ann.lightSays(/Saved/);
		expect(socketCount).toBe(triedCount);
		await ben.page.reload();
		await ben.lightSays(/Saved/);
		await ben.reads("[rose][lily]");
		await ben.write("[fern]");
		await ann.reads("[fern]");
	});
});
