import access from './zh/access.json';
import board from './zh/board.json';
import dataset from './zh/dataset.json';
import errors from './zh/errors.json';
import project from './zh/project.json';
import runner from './zh/runner.json';
import shell from './zh/shell.json';
import staffing from './zh/staffing.json';
import training from './zh/training.json';

export default { access, board, dataset, errors, project, runner, shell, staffing, training };
