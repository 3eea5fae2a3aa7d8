/** Puts the report of a run on the disk, for people and for machines. */
import { summarize } from "../../report/samples.ts";
import { writeReportFolder } from "../../report/write.ts";
import type { ConvergeReport } from "./converge-report.ts";
import { convergePage } from "./page.ts";
import { pickRuns } from "./pick.ts";

/** Writes `index.html` and `report.json` into `folder`, which is made; answers their paths. */
export function writeConvergeReport(folder: string, report: ConvergeReport) {
	return writeReportFolder(folder, { page: convergePage(report), data: convergeData(report) });
}

/** The report for machines: as it is, but latencies summed up and only the runs that are shown. */
export function convergeData(report: ConvergeReport): unknown {
	const { failed, samples } = pickRuns(report);
	const { sections: _, ...rest } = report;
	const latency = {
		savedMs: summarize(report.latency.saved),
		shownMs: summarize(report.latency.shown),
	};
	return {
		format: "weft-converge",
		version: 1,
		...rest,
		latency,
		timelines: [...failed, ...samples],
	};
}
