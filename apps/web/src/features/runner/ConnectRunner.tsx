import { ENGINE_PACKAGES, installCommand } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../shell/CopyText.tsx';
import classes from './ConnectRunner.module.css';

const ADD_CUDA = installCommand([ENGINE_PACKAGES.TFJS_NODE_GPU]);
const ADD_PROCESSOR = installCommand([ENGINE_PACKAGES.TFJS_NODE]);
const START_RUNNER = 'TRAINYARD_API_URL=… TRAINYARD_RUNNER_TOKEN=… TRAINYARD_RUNNER_NAME=… TRAINYARD_QUEUE_URL=… TRAINYARD_RUNNER_DIR=… npm run runner';

/** How to make more possible: another engine, another machine. */
export function ConnectRunner() {
  const { t } = useTranslation('runner');
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t('more.title')}</h2>
      <h3 className={classes.subheading}>{t('more.cuda')}</h3>
      <p>{t('more.cudaText')}</p>
      <p className={classes.command}>
        <CopyText text={ADD_CUDA} shown={ADD_CUDA} label={t('more.copy')} />
      </p>
      <h3 className={classes.subheading}>{t('more.webgpu')}</h3>
      <p>{t('more.webgpuText')}</p>
      <h3 className={classes.subheading}>{t('more.processor')}</h3>
      <p>{t('more.processorText')}</p>
      <p className={classes.command}>
        <CopyText text={ADD_PROCESSOR} shown={ADD_PROCESSOR} label={t('more.copy')} />
      </p>
      <h3 className={classes.subheading}>{t('more.machine')}</h3>
      <p>{t('more.machineText')}</p>
      <p className={classes.command}>
        <CopyText text={START_RUNNER} shown={START_RUNNER} label={t('more.copy')} />
      </p>
      <p>{t('more.queueText')}</p>
    </section>
  );
}
