import { beforeEach, describe, expect, test } from "vitest";
import { Accounts, loginMs } from "../../../server/auth/accounts.ts";
import type { HashJob } from "../../../server/auth/password/hash-job.ts";
import { Passwords, usualCost } from "../../../server/auth/password/passwords.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import type { AccountRecord } from "../../../server/store/records.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RandomBytes, UserId } from "../../../shared/ids.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { countedBytes, hashHere, openAccounts } from "../../fixtures/people/accounts.ts";

const guest = "g_once" as UserId;
const password = "correct horse";

let disk: MemoryRecordsDisk;
let clock: ManualClock;
let accounts: Accounts;
let ended: string[];
let random: RandomBytes;

beforeEach(async () => {
	disk = new MemoryRecordsDisk();
	clock = new ManualClock();
	random = countedBytes();
	await open();
	await accounts.add({ name: "Ann", password, isAdmin: true, invitation: null });
});

/** Opens them as a server does that starts. */
async function open(): Promise<void> {
	accounts = await openAccounts(new MemoryRecords(disk), clock, random);
	ended = [];
	accounts.onEnd((key) => ended.push(key));
}

const signIn = (from: UserId | null = null, name = "ann") =>
	accounts.signIn({ name, password, guest: from });

describe("who has an account", () => {
	test("signs in by a name in any spelling and a password, also after a restart", async () => {
		const login = await signIn(null, " aNN ");
		expect(login.person.name).toBe("Ann");
		expect(login.person.id).toMatch(/^u_/);
		expect(accounts.readLogin(login.token)).toMatchObject({ person: login.person, isAdmin: true });
		await open();
		expect(accounts.readLogin(login.token)).toMatchObject({ person: login.person });
		expect((await signIn()).person).toEqual(login.person);
	});

	test("does not sign in with another password, or by a name that nobody has", async () => {
		for (const [name, tried] of [
			["ann", "correct hors"],
			["ann", `${password}!`],
			["ann", ""],
			["ben", password],
		] as const) {
			const refused = accounts.signIn({ name, password: tried, guest: null });
			await expect(refused).rejects.toMatchObject({ code: "wrong_login" });
		}
	});

	test("is signed in anew each time, and what is kept of it signs nobody in", async () => {
		const [one, other] = [await signIn(), await signIn()];
		expect(one.token).not.toBe(other.token);
		const kept = JSON.stringify([...disk.accounts.values()]);
		expect(kept).not.toContain(one.token);
		expect(kept).not.toContain(password);
		for (const forged of ["", "x", one.key, one.token.slice(1), undefined]) {
			expect(accounts.readLogin(forged)).toBeNull();
		}
	});

	test("is signed in for so long, and no longer", async () => {
		const { token } = await signIn();
		clock.advance(loginMs - 1);
		expect(accounts.readLogin(token)).not.toBeNull();
		clock.advance(1);
		expect(accounts.readLogin(token)).toBeNull();
	});

	test("signs out on one device, or everywhere", async () => {
		const [one, two, three] = [await signIn(), await signIn(), await signIn()];
		await accounts.signOut(one, { everywhere: false });
		expect(ended).toEqual([one.key]);
		expect(accounts.readLogin(one.token)).toBeNull();
		expect(accounts.readLogin(two.token)).not.toBeNull();
		await accounts.signOut(two, { everywhere: true });
		expect(ended.slice(1).sort()).toEqual([two.key, three.key].sort());
		await open();
		for (const { token } of [one, two, three]) expect(accounts.readLogin(token)).toBeNull();
	});

	test("is signed out everywhere by another password, and needs that one then", async () => {
		const before = await signIn();
		await accounts.reset("ann", "battery staple");
		expect(ended).toEqual([before.key]);
		expect(accounts.readLogin(before.token)).toBeNull();
		await expect(signIn()).rejects.toMatchObject({ code: "wrong_login" });
		const again = await accounts.signIn({ name: "ann", password: "battery staple", guest: null });
		expect(again.person).toEqual(before.person);
	});

	test("changes no password that another was put in the place of meanwhile", async () => {
		const login = await signIn();
		const change = () => accounts.changePassword(login, { password, next: "thief's choice" });
		const refused = expect(change()).rejects.toMatchObject({ code: "wrong_login" });
		await accounts.reset("ann", "battery staple");
		await refused;
		await accounts.signIn({ name: "ann", password: "battery staple", guest: null });
		await accounts.reset("ann", password);
		const again = expect(change()).rejects.toMatchObject({ code: "wrong_login" });
		await accounts.remove("ann");
		await accounts.add({ name: "Ann", password, isAdmin: false, invitation: null });
		await again;
		expect((await signIn()).person.id).not.toBe(login.person.id);
	});

	test("keeps no more logins than a person has devices: the oldest goes", async () => {
		const first = await signIn();
		const second = await signIn();
		for (let count = 0; count < 49; count++) await signIn();
		expect(accounts.readLogin(first.token)).toBeNull();
		expect(ended).toEqual([first.key]);
		expect(accounts.readLogin(second.token)).not.toBeNull();
	});
});

describe("a guest who signs in", () => {
	test("is that person from then on, and their cookie of old is nobody's", async () => {
		expect(accounts.isFormer(guest)).toBe(false);
		const { person } = await signIn(guest);
		await open();
		expect(accounts.isFormer(guest)).toBe(true);
		expect(accounts.formerOf(person.id)).toEqual([guest]);
	});

	test("becomes one person only, once", async () => {
		const { person } = await signIn(guest);
		await accounts.add({ name: "Ben", password, isAdmin: false, invitation: null });
		const ben = await signIn(guest, "ben");
		await signIn(guest);
		expect(accounts.formerOf(ben.person.id)).toEqual([]);
		expect(accounts.formerOf(person.id)).toEqual([guest]);
	});

	test("stays a guest where somebody was too many already", async () => {
		for (let count = 0; count < 200; count++) await signIn(`g_${count}` as UserId);
		const { person } = await signIn(guest);
		expect(accounts.isFormer(guest)).toBe(false);
		expect(accounts.formerOf(person.id)).toHaveLength(200);
	});

	test("takes nobody's account along", async () => {
		const ben = await accounts.add({ name: "Ben", password, isAdmin: false, invitation: null });
		await signIn(ben.id);
		expect(accounts.isFormer(ben.id)).toBe(false);
	});
});

describe("an account", () => {
	test("has a name that no other has, not even in another spelling", async () => {
		for (const name of ["ann", "A n n", "\uff21nn", "An\u200bn", "ANN"]) {
			expect(accounts.isTaken(name), name).toBe(true);
			const again = accounts.add({ name, password, isAdmin: false, invitation: null });
			await expect(again, name).rejects.toMatchObject({ code: "name_taken" });
		}
		expect(accounts.isTaken("Anna")).toBe(false);
	});

	test("is made once where it is asked for twice at the same time", async () => {
		const add = () => accounts.add({ name: "Ben", password, isAdmin: false, invitation: null });
		const made = await Promise.allSettled([add(), add()]);
		expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(accounts.list().map(({ name }) => name)).toEqual(["Ann", "Ben"]);
	});

	test("needs a name and a password that is long enough", async () => {
		for (const [name, tried, code] of [
			["\u200b", password, "bad_request"],
			["Ben", "1234567", "bad_password"],
			["Ben", "x".repeat(257), "bad_password"],
		] as const) {
			const refused = accounts.add({ name, password: tried, isAdmin: false, invitation: null });
			await expect(refused).rejects.toMatchObject({ code });
		}
	});

	test("that was removed signs nobody in, and what was theirs is nobody else's", async () => {
		const before = await signIn(guest);
		await accounts.remove("ANN");
		expect(ended).toEqual([before.key]);
		expect(accounts.readLogin(before.token)).toBeNull();
		await expect(signIn()).rejects.toMatchObject({ code: "wrong_login" });
		const kept = JSON.stringify([...disk.accounts.values()]);
		expect(kept).not.toMatch(/Ann|scrypt|salt/);
		await open();
		const again = await accounts.add({ name: "Ann", password, isAdmin: false, invitation: null });
		expect(again.id).not.toBe(before.person.id);
		expect(accounts.formerOf(before.person.id)).toEqual([guest]);
		expect(accounts.list()).toHaveLength(1);
	});

	test("comes by an invitation once, also where it is gone again", async () => {
		const join = (name: string) =>
			accounts.add({ name, password, isAdmin: false, invitation: "card" });
		await join("Ben");
		await accounts.remove("Ben");
		await open();
		await expect(join("Cleo")).rejects.toMatchObject({ code: "bad_invitation" });
	});

	test("is as it was where the disk takes nothing", async () => {
		const records = new MemoryRecords(disk);
		const put = (record: AccountRecord) =>
			isFull ? Promise.reject(new WeftError("disk_full")) : records.putAccount(record);
		let isFull = false;
		accounts = await openAccounts({ accounts: () => records.accounts(), putAccount: put }, clock);
		const login = await signIn();
		isFull = true;
		await expect(accounts.signOut(login, { everywhere: true })).rejects.toMatchObject({
			code: "disk_full",
		});
		await expect(signIn(guest)).rejects.toMatchObject({ code: "disk_full" });
		expect(accounts.readLogin(login.token)).not.toBeNull();
		expect(accounts.isFormer(guest)).toBe(false);
		isFull = false;
		await signIn(guest);
		expect(accounts.isFormer(guest)).toBe(true);
	});
});

test("who is not there is hashed for like who is: once, at the same cost", async () => {
	const jobs: HashJob[] = [];
	const passwords = new Passwords(
		{
			hash: async (job) => {
				jobs.push(job);
				return new Uint8Array(32);
			},
			close: () => Promise.resolve(),
		},
		countedBytes(),
	);
	const kept = await passwords.make(password);
	expect(await passwords.fits("guess", kept)).toBe(true);
	expect(await passwords.fits("guess", null)).toBe(false);
	const [, known, unknown] = jobs.map(({ salt, ...job }) => ({ ...job, saltBytes: salt.length }));
	expect(unknown).toEqual(known);
	expect(known).toMatchObject(usualCost);
	expect(jobs).toHaveLength(3);
});

test("who is not there is computed for as long as who is", async () => {
	// So much cheaper than usual: else this would take minutes.
	const part = 1 / 12;
	const cost = { cost: usualCost.cost / 4, blockSize: usualCost.blockSize, lanes: 1 };
	const passwords = new Passwords(hashHere, countedBytes(), cost);
	const records = new MemoryRecords(new MemoryRecordsDisk());
	const house = await Accounts.open({ records, passwords, clock, random });
	await house.add({ name: "Ann", password, isAdmin: false, invitation: null });
	const msOf = { ann: Number.POSITIVE_INFINITY, nobody: Number.POSITIVE_INFINITY };
	for (let count = 0; count < 10; count++) {
		for (const name of ["ann", "nobody"] as const) {
			const before = process.cpuUsage();
			const tried = house.signIn({ name, password: "guess", guest: null });
			await expect(tried).rejects.toThrow();
			// The processor's time, and the least: what comes on top is this machine's.
			msOf[name] = Math.min(msOf[name], process.cpuUsage(before).user / 1_000);
		}
	}
	// FAULTS.md, P9: a difference of 5 % of what a try takes at the usual cost.
	const usualMs = msOf.ann / part;
	expect(Math.abs(msOf.nobody - msOf.ann)).toBeLessThan(0.05 * usualMs);
});
