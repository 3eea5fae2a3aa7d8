/** What an owner is told of the ways into a room, and what closes with one tap. */
import { expect, test } from "vitest";
import { t } from "../../../web/ui/messages.ts";
import type { Person } from "../../fixtures/app/person.ts";
import { scenario } from "../../fixtures/app/stage.ts";

const press = (person: Person, name: string) =>
	person.page.getByRole("button", { name, exact: true }).click();

/** Ann makes a room and opens the panel behind Share; resolves with the room's path. */
async function openWays(ann: Person): Promise<string> {
	await ann.goTo("/");
	await ann.page.getByRole("link", { name: t("frame.home.newRoom") }).click();
	await ann.pane("board").waitFor();
	await press(ann, t("frame.share"));
	await ann.page.getByRole("button", { name: t("rights.links.make"), exact: true }).waitFor();
	return new URL(ann.page.url()).pathname;
}

scenario("ways into a room", ({ people }) => {
	test("a link to look says that the address still edits, and a tap ends that", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		const path = await openWays(ann);
		const still = ann.page.getByRole("note");
		expect(await still.count()).toBe(0);
		await press(ann, t("rights.links.make"));
		await still.waitFor();
		await ben.goTo(path);
		await ben.pane("board").waitFor();
		const gives = t("rights.links.same.viewer");
		await press(ann, t("rights.links.same", { gives }));
		await still.waitFor({ state: "detached" });
		await ben.isTold(t("rights.bar.viewer"));
		await ben.write("NO");
		expect(await ann.documentText()).not.toContain("NO");
	});

	test("who puts a guest out is told of the way back, and closes it in the same step", async () => {
		const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo");
		const path = await openWays(ann);
		await ann.page.keyboard.press("Escape");
		await ben.goTo(path);
		await ben.pane("board").waitFor();
		await ann.page.getByRole("button", { name: t("frame.people") }).click();
		await press(ann, t("rights.people.open"));
		await press(ann, t("rights.people.outOne", { name: "Ben" }));
		const dialog = ann.page.getByRole("dialog", {
			name: t("rights.people.outTitle", { name: "Ben" }),
		});
		await dialog.getByText(t("rights.people.outGuest")).waitFor();
		await dialog.getByRole("combobox").selectOption("knock");
		await dialog.getByRole("button", { name: t("rights.people.out"), exact: true }).click();
		await ben.page.getByRole("heading").first().waitFor();
		await cleo.goTo(path);
		await cleo.isTold(t("rights.knock.wait", { name: "Cleo" }));
	});
});
