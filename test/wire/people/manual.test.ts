import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../../../shared/awareness.ts";
import { hostSecret } from "../../fixtures/people/host.ts";
import { projectRoot } from "../../fixtures/project.ts";
import { joinStock } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

const run = promisify(execFile);
const placeInManual = "https://weft.example.org";
let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess({
		env: { WEFT_GUESTS: "off", WEFT_TOKEN_SECRET: hostSecret },
	});
});

afterAll(() => weft.drop());

/** The lines of README.md behind a word, for this server. */
function linesOf(kind: string, before: string): string {
	const manual = readFileSync(join(projectRoot, "README.md"), "utf8");
	const [, behind = ""] = manual.split(`\n${before}\n`);
	const [, lines = ""] = behind.split(`\n\`\`\`${kind}\n`);
	const [block = ""] = lines.split("\n```\n");
	expect(block).toContain("weft.example.org");
	return block.replaceAll(placeInManual, weft.url);
}

/** What a program prints. */
async function printed(command: string, args: readonly string[]): Promise<string> {
	const env = { ...process.env, WEFT_TOKEN_SECRET: hostSecret };
	const { stdout } = await run(command, [...args], { env });
	return stdout.trim();
}

async function isThere(command: string, word = "--version"): Promise<boolean> {
	return run(command, [word]).then(
		() => true,
		() => false,
	);
}

/** Opens the page as a browser does, the room as a client does: who is seen there. */
async function whoComes(address: string): Promise<Person | undefined> {
	const page = await fetch(address, { redirect: "manual" });
	expect([page.status, page.headers.get("location")]).toEqual([302, "/r/garden"]);
	const token = new URL(address).searchParams.get("token") ?? "";
	const [comer, watcher] = [token, token].map((one) =>
		joinStock(weft.syncUrl, "garden", { token: one }),
	);
	if (comer === undefined || watcher === undefined) throw new Error("nobody came");
	try {
		comer.provider.awareness.setLocalState({});
		const seen = () => watcher.provider.awareness.getStates().get(comer.doc.clientID);
		await until("they are seen", () => seen() !== undefined);
		comer.type(token.slice(-20));
		await until("they may write", () => watcher.text.toString().includes(token.slice(-20)));
		return seen()?.["user"] as Person | undefined;
	} finally {
		comer.leave();
		watcher.leave();
	}
}

/** Stands in for the package, which only sends the browser on. */
const pythonBefore = `
import sys, types
django, shortcuts = types.ModuleType("django"), types.ModuleType("django.shortcuts")
shortcuts.redirect = lambda address: address
sys.modules.update({"django": django, "django.shortcuts": shortcuts})
`;
const pythonAfter = `
user = types.SimpleNamespace(pk=7, get_username=lambda: "Änn")
print(garden(types.SimpleNamespace(user=user)))
`;

test("the manual's lines for Django let somebody in", async ({ skip }) => {
	if (!(await isThere("python3"))) skip("python3 is not on this machine");
	const lines = linesOf("python", "The tests run these very lines. Django:");
	const program = pythonBefore + lines + pythonAfter;
	const person = await whoComes(await printed("python3", ["-c", program]));
	expect(person?.name).toBe("Änn");
});

const expressBefore = `
const app = {
	get: (_path, answer) => answer({ user: { id: 7, name: "Änn" } }, { redirect: console.log }),
};
`;

test("the manual's lines for Express let somebody in", async () => {
	const program = expressBefore + linesOf("js", "Express:");
	const args = ["--input-type=module", "-e", program];
	const person = await whoComes(await printed(process.execPath, args));
	expect(person?.name).toBe("Änn");
});

test("the manual's lines for curl let somebody in", async ({ skip }) => {
	if (!(await isThere("curl"))) skip("curl is not on this machine");
	if (!(await isThere("openssl", "version"))) skip("openssl is not on this machine");
	const program = `${linesOf("sh", "A shell, with curl:")}\nprintf '\\n%s' "$token"`;
	const [me = "", token = ""] = (await printed("sh", ["-c", program])).split("\n");
	expect(JSON.parse(me)).toMatchObject({ name: "Ann", isSignedIn: true });
	const person = await whoComes(`${weft.url}/r/garden?token=${token}`);
	expect(person?.name).toBe("Ann");
});
