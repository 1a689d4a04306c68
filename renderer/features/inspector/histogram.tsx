import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { histogramOf, type HistogramOrder, sampleShares } from '#renderer/lib/histogram-rows.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Bars } from '#renderer/ui/bars.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { useLive, useSampling } from './live-simulation.ts';
import { PanelFrame } from './panel-frame.tsx';

type Source = 'measured' | 'qubits';

const shownBars = 64;

/** Probabilities as bars: of the measured bits, or of the qubits before they are measured. */
export function HistogramPanel() {
  const [source, setSource] = useState<Source | null>(null);
  const [order, setOrder] = useState<HistogramOrder>('value');
  return (
    <PanelFrame
      label="Probabilities"
      tools={
        <>
          <SourceSwitch chosen={source} onChange={setSource} />
          <Segmented
            label="Order of the bars"
            value={order}
            options={[
              { value: 'value', title: 'By value' },
              { value: 'probability', title: 'By probability' },
            ]}
            onChange={setOrder}
          />
          <Sampling />
        </>
      }
    >
      {(result) => (
        <Distribution result={result} source={source ?? usualSource(result)} order={order} />
      )}
    </PanelFrame>
  );
}

function SourceSwitch(props: { chosen: Source | null; onChange: (value: Source) => void }) {
  const result = useLive((state) => state.result);
  return (
    <Segmented
      label="What is shown"
      value={props.chosen ?? (result === null ? 'qubits' : usualSource(result))}
      options={[
        { value: 'qubits', title: 'Qubits' },
        { value: 'measured', title: 'Measured bits' },
      ]}
      onChange={props.onChange}
    />
  );
}

function usualSource(result: SimulationResult): Source {
  return result.qubitProbabilities === null ? 'measured' : 'qubits';
}

interface BarsProps {
  readonly result: SimulationResult;
  readonly source: Source;
  readonly order: HistogramOrder;
}

function Distribution({ result, source, order }: BarsProps) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const distribution = source === 'qubits' ? result.qubitProbabilities : result.probabilities;
  if (distribution === null || distribution === undefined) return <NotDefined source={source} />;
  if (source === 'measured' && result.registers.length === 0) return <NoBits />;
  const histogram = histogramOf(distribution, {
    limit: shownBars,
    order,
    bitOrder,
    rest: (source === 'qubits' ? result.rest?.qubits : result.rest?.probabilities) ?? null,
  });
  const counts = source === 'measured' ? result.counts : undefined;
  return (
    <Bars
      histogram={histogram}
      samples={counts === undefined ? null : sampleShares(counts, bitOrder)}
    />
  );
}

const usualShots = 1024;

/** Samples beside the exact distribution, drawn with a seed that is seen and can be changed. */
function Sampling() {
  const { shots, seed } = useSampling();
  return (
    <>
      <Segmented
        label="Samples"
        value={shots === null ? 'off' : 'on'}
        options={[
          { value: 'off', title: 'Exact' },
          { value: 'on', title: `${usualShots} shots` },
        ]}
        onChange={(value) => useSampling.setState({ shots: value === 'on' ? usualShots : null })}
      />
      {shots === null ? null : (
        <label className="seed-field">
          Seed
          <input
            className="field-input number"
            type="number"
            min={0}
            step={1}
            value={seed}
            onChange={({ target }) => {
              const value = Number(target.value);
              if (Number.isSafeInteger(value) && value >= 0) useSampling.setState({ seed: value });
            }}
          />
        </label>
      )}
    </>
  );
}

function NotDefined({ source }: { source: Source }) {
  const text =
    source === 'qubits'
      ? 'Qubits are measured, reset or conditioned on the way, so there is no single state before the end. Look at the measured bits.'
      : 'The simulation gave no distribution of the bits.';
  return <EmptyState icon={ChartNoAxesColumn} title="Not defined here" text={text} />;
}

function NoBits() {
  return (
    <EmptyState
      icon={ChartNoAxesColumn}
      title="No classical bits"
      text="Add a measurement to see what it reads."
    />
  );
}
