import { readFileSync } from 'node:fs';

const EVERY_MS = 150;

/** Reads a process's resident memory from /proc every 150 ms (Linux; elsewhere only the limits of the process itself hold). */
export class MemoryWatch {
  peakMiB: number | null = null;
  private readonly timer: NodeJS.Timeout;
  private kernelKills: number;

  static start(pid: number, limitMiB: number, onOver: () => void): MemoryWatch | null {
    return process.platform === 'linux' ? new MemoryWatch(pid, limitMiB, onOver) : null;
  }

  private constructor(pid: number, limitMiB: number, onOver: () => void) {
    this.kernelKills = countKernelKills();
    this.timer = setInterval(() => {
      const now = residentMiB(pid);
      if (now === null) return;
      this.kernelKills = countKernelKills();
      this.peakMiB = Math.max(this.peakMiB ?? 0, now);
      if (now > limitMiB) onOver();
    }, EVERY_MS);
  }

  /** Whether the kernel's out-of-memory killer struck since the process was last seen alive. */
  kernelKilled(): boolean {
    return countKernelKills() > this.kernelKills;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

function residentMiB(pid: number): number | null {
  try {
    const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match === null ? null : Math.round(Number(match[1]) / 1024);
  } catch {
    return null;
  }
}

function countKernelKills(): number {
  try {
    return Number(/^oom_kill (\d+)/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
