/**
 * Overhead of a sweep over as many plain forward passes, `ρ = T_sweep / (N · T_forward)`; 1 would be the price of the naive loop at the speed of a
 * forward pass, shortcuts bring it below. The paper reports about 4.3 for 6 B parameters and 1.7 for 17 B.
 * @param sweep time of the whole sweep, in any unit
 * @param passes number N of inputs explained
 * @param forward time of one plain forward pass, in the same unit
 */
export function overhead(sweep: number, passes: number, forward: number): number {
  return sweep / (passes * forward)
}
