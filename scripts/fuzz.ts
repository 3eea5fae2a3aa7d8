/** `npm run fuzz -- [mutants] [seed]`: damaged updates against the inspector of a guarded room. */
import { silenceYjs } from "./converge/crew/quiet.ts";
import { fuzz } from "./fuzz/run.ts";

const [mutantCount = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(mutantCount) || !Number.isSafeInteger(seed)) {
	process.stderr.write("fuzz: how many mutants, and a seed, as whole numbers\n");
	process.exit(2);
}
silenceYjs();
const { counts, findings, slowestMs } = fuzz(seed, mutantCount, (doneCount) => {
	if (doneCount % 100_000 === 0) process.stderr.write(`${doneCount} of ${mutantCount}\n`);
});
for (const [verdict, count] of Object.entries(counts))
	process.stdout.write(`${verdict}: ${count}\n`);
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(`slowest: ${slowestMs.toFixed(1)} ms, ${findings.length} findings\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
