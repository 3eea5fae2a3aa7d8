/** Where Weft is found by others: another device's plain http, and proxies with TLS. */
import { expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
import type { Person } from "../fixtures/app/person.ts";
import { fromAfar } from "../fixtures/app/place.ts";
import { behind } from "../fixtures/app/proxy.ts";
import { scenario } from "../fixtures/app/stage.ts";
import { shareOneRoom } from "../fixtures/app/two-people.ts";
import type { WeftProcess } from "../fixtures/weft-process.ts";

const cookieOf = async (person: Person) => {
	const [cookie] = await person.page.context().cookies();
	return { secure: cookie?.secure, path: cookie?.path };
};

/** What a browser keeps of the app is asked for below the path of the app, too. */
async function opensWithoutNetwork(person: Person): Promise<void> {
	await person.show("document");
	await person.page.evaluate("navigator.serviceWorker.ready.then(() => true)");
	person.cable.cut();
	await person.page.reload();
	await person.lightSays(/Offline/);
	await person.reads("Ann was here.");
}

const fromAnotherDevice = { isPossible: true, reach: async (weft: WeftProcess) => fromAfar(weft) };

scenario(
	"from another device, over plain http,",
	({ people }) => {
		test("two people use every surface, and the light says what is missing", async () => {
			const [ann, ben] = await people("Ann", "Ben");
			await ann.goTo("/");
			expect(await ann.page.evaluate("isSecureContext")).toBe(false);
			await shareOneRoom(ann, ben);
			expect(await cookieOf(ann)).toEqual({ secure: false, path: "/" });
			await ann.page.getByRole("button", { name: t("frame.light.name") }).click();
			await ann.page.getByText(t("frame.light.noTls")).waitFor();
		});
	},
	fromAnotherDevice,
);

for (const proxy of ["nginx", "Caddy"] as const) {
	for (const base of ["/", "/weft/"] as const) {
		scenario(
			`behind ${proxy} with TLS, at ${base},`,
			({ people, keepers }) => {
				test("two people use every surface, and it opens without a network", async () => {
					const [ann] = await keepers("Ann");
					const [ben] = await people("Ben");
					await shareOneRoom(ann, ben);
					expect(await ann.page.evaluate("isSecureContext")).toBe(true);
					expect(await cookieOf(ann)).toEqual({ secure: true, path: base });
					await opensWithoutNetwork(ann);
				});
			},
			behind(proxy, base),
		);
	}
}
