export default function Palette({ opened }: { opened: boolean; onClose: () => void }) {
  return opened ? <div /> : null;
}
