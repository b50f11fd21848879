import type { Recording } from './recording.ts';

/** Written by apps/api/test/record-examples.ts. */
export const RECORDED: Readonly<Record<string, Recording>> = {
  'larger-stuck': {
    digest: 'd51ce4464e40faa3ec7b816dff84515f7baed823303220cbc7ef6d9d48103e05',
    steps:
      'AQAAAAQAAAAHAAAACgAAAA0AAAAQAAAAEwAAABYAAAAZAAAAHAAAAB8AAAAiAAAAJQAAACgAAAArAAAALgAAADEAAAA0AAAANwAAADoAAAA9AAAAQAAAAEMAAABGAAAASQAAAEwAAABPAAAAUgAAAFUAAABYAAAAWwAAAF4AAABhAAAAZAAAAGcAAABqAAAAbQAAAHAAAABzAAAAdgAAAHkAAAB8AAAAfwAAAIIAAACFAAAAiAAAAIsAAACOAAAAkQAAAJQAAACXAAAAmgAAAJ0AAACgAAAAowAAAKYAAACpAAAArAAAAK8AAACyAAAAtQAAALgAAAC7AAAAvgAAAMEAAADEAAAAxwAAAMoAAADNAAAA0AAAANMAAADWAAAA2QAAANwAAADfAAAA4gAAAOUAAADoAAAA6wAAAO4AAADxAAAA9AAAAPcAAAD6AAAA/QAAAAABAAADAQAABgEAAAkBAAAMAQAADwEAABIBAAAVAQAAGAEAABsBAAAeAQAAIQEAACQBAAAnAQAAKgEAACwBAAA=',
    loss: 'Q2EqP0E9Kj9TGio/hfgpP+DXKT9ouCk/H5opPwF9KT8IYSk/KkYpP1ssKT+KEyk/pfsoP5nkKD9Qzig/tLgoP6+jKD8sjyg/FnsoP1pnKD/mUyg/qkAoP5ctKD+jGig/wgcoP+v0Jz8Y4ic/Q88nP2a8Jz99qSc/hZYnP3uDJz9ccCc/KF0nP9pJJz9zNic/8SInP1EPJz+T+yY/tecmP7fTJj+WvyY/UasmP+iWJj9YgiY/om0mP8NYJj+6QyY/hy4mPycZJj+aAyY/3+0lP/XXJT/awSU/jaslPw6VJT9bfiU/cmclP1RQJT//OCU/cyElP60JJT+t8SQ/c9kkP/3AJD9KqCQ/Wo8kPyx2JD+/XCQ/EkMkPyUpJD/2DiQ/hvQjP9PZIz/cviM/oqMjPyOIIz9gbCM/VlAjPwc0Iz9xFyM/lPoiP3DdIj8EwCI/UKIiP1OEIj8NZiI/fkciP6YoIj+ECSI/GOohP2LKIT9iqiE/F4ohP4JpIT+jSCE/eCchPwMGIT9D5CA/OcIgP16rID8=',
    accuracy:
      'UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj9SuB4/UrgeP1K4Hj8=',
    validation: [],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.627439712452185,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.62,
        },
      ],
      confusion: {
        split: 'TRAIN',
        classes: ['0', '1'],
        counts: [
          [62, 0],
          [38, 0],
        ],
      },
      sampleCounts: {
        train: 100,
        validation: 0,
        test: 0,
      },
      leftOut: [],
      steps: 300,
      samplesPerSecond: 241651.51216334794,
      flopsPerSecond: 13049181.656820789,
      trainMs: 124,
      datasetDigest: 'd51ce4464e40faa3ec7b816dff84515f7baed823303220cbc7ef6d9d48103e05',
      parameterCount: 13,
    },
  },
  larger: {
    digest: 'd51ce4464e40faa3ec7b816dff84515f7baed823303220cbc7ef6d9d48103e05',
    steps:
      'AQAAAAsAAAAVAAAAHwAAACkAAAAzAAAAPQAAAEcAAABRAAAAWwAAAGUAAABvAAAAeQAAAIMAAACNAAAAlwAAAKEAAACrAAAAtQAAAL8AAADJAAAA0wAAAN0AAADnAAAA8QAAAPsAAAAFAQAADwEAABkBAAAjAQAALQEAADcBAABBAQAASwEAAFUBAABfAQAAaQEAAHMBAAB9AQAAhwEAAJEBAACbAQAApQEAAK8BAAC5AQAAwwEAAM0BAADXAQAA4QEAAOsBAAD1AQAA/wEAAAkCAAATAgAAHQIAACcCAAAxAgAAOwIAAEUCAABPAgAAWQIAAGMCAABtAgAAdwIAAIECAACLAgAAlQIAAJ8CAACpAgAAswIAAL0CAADHAgAA0QIAANsCAADlAgAA7wIAAPkCAAADAwAADQMAABcDAAAhAwAAKwMAADUDAAA/AwAASQMAAFMDAABdAwAAZwMAAHEDAAB7AwAAhQMAAI8DAACZAwAAowMAAK0DAAC3AwAAwQMAAMsDAADVAwAA3wMAAOgDAAA=',
    loss: 'Q2EqP9V1sD5UxxI+XX60PeYMij3sd2o9Ok1RPVhdPz2XPTE9y4IlPfGNGz3D5RI9KEYLPcB9BD29zvw8Uc3xPK/J5zxHn948EzDWPHBjzjzaJMc8DWPAPIUPujz3HbQ8zIOuPP83qTy/MqQ8PW2fPKbhmjyqjJY8BoLHPOuejzyb94s815CJPG49hjzm+YI80RKAPIS4ejxlQXU88wpwPG/zajzM/WU8oihhPMByXDx52lc80F5TPMv+TjykuUo8vKdGPNZsgTzFOGY83UhFPEh3OzzZBjY8VO4xPFmgLjzXlys8wIMoPMGBJTy5liI8+rgfPO/pHDxdKRo8hHYXPEvRFDx0ORI8aq4PPE8wDTyfvgo8GlkIPMT/BTwYsgM87W8BPBxy/ju6Gvo7Ddn1O3us8Tu3lO07wKPpOwGv9zsR+l88QfwHPN1K4ztLrOk74JzfOxdG2Tsc69Q7SFTROx1Czju4ecs7wtPIO+87xjvArMM7WCfBO0WsvjuPOrw7LtK5OxFztzvnHLU71c+yO9rEsDs=',
    accuracy:
      'UrgePx+Faz/Xo3A/SOF6P0jhej9I4Xo/pHB9PwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/pHB9PwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD+kcH0/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8=',
    validation: [],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.005387689198009458,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 1,
        },
      ],
      confusion: {
        split: 'TRAIN',
        classes: ['0', '1'],
        counts: [
          [62, 0],
          [0, 38],
        ],
      },
      sampleCounts: {
        train: 100,
        validation: 0,
        test: 0,
      },
      leftOut: [],
      steps: 1000,
      samplesPerSecond: 1046047.5245959562,
      flopsPerSecond: 56486566.32818163,
      trainMs: 96,
      datasetDigest: 'd51ce4464e40faa3ec7b816dff84515f7baed823303220cbc7ef6d9d48103e05',
      parameterCount: 13,
    },
  },
  'same-seed': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAQAAAAHAAAACgAAAA0AAAAQAAAAEwAAABYAAAAZAAAAHAAAAB8AAAAiAAAAJQAAACgAAAArAAAALgAAADEAAAA0AAAANwAAADoAAAA9AAAAQAAAAEMAAABGAAAASQAAAEwAAABPAAAAUgAAAFUAAABYAAAAWwAAAF4AAABhAAAAZAAAAGcAAABqAAAAbQAAAHAAAABzAAAAdgAAAHkAAAB8AAAAfwAAAIIAAACFAAAAiAAAAIsAAACOAAAAkQAAAJQAAACXAAAAmgAAAJ0AAACgAAAAowAAAKYAAACpAAAArAAAAK8AAACyAAAAtQAAALgAAAC7AAAAvgAAAMEAAADEAAAAxwAAAMoAAADNAAAA0AAAANMAAADWAAAA2QAAANwAAADfAAAA4gAAAOUAAADoAAAA6wAAAO4AAADxAAAA9AAAAPcAAAD6AAAA/QAAAP8AAAA=',
    loss: 'eNMWQNFHCEDt7P4/1YXxP5NZ5T/QadE/LTjMP8bIqD8djaU/GpmmP+QnjT8AOYA/FfRyPxPUgj9Wn2E/C/hMPy3VWz+EGE8/koZbPyjQID+kpR8/wsUPP/XzJD+nPhg/rIYnP1eG7z6RvwU/IwYKP0OlpT7WT8c+aDnlPh11tj4BSOk+1qTZPs8+1z5zGag+rYSjPigu4z6hSZY+qZudPkUq4z4OHZk+Mbu7PnWouz4Hnpo+7M7CPidioD6qpaA+hbOLPndFrD7piYI+ULJlPvkXkz7PCGU+naxNPrYwgz6d4aI+QY6XPnBDaT5/b3E+oL8cPmhaWD6nL1w+qW61PoO3Zz5UnzY+RYpZPseYYz6T9pE+yN1TPtgCNz5v5EM+UwpAPvutQz7nfig+B+dCPmDpSD4uWyk+4PQ1Po2/dz7/ukA+jxtTPpy5Pz55WUk+CbJmPth3XT4=',
    accuracy:
      'AADAPQAAqD4AALA+AADIPgAA6D4AABA/AAAcPwAAND8AAEA/AAA8PwAAND8AAFQ/AABUPwAARD8AAEw/AABYPwAASD8AAEw/AAA8PwAAZD8AAGg/AABYPwAAZD8AAGA/AABgPwAAbD8AAFw/AABcPwAAgD8AAHQ/AABwPwAAdD8AAGg/AABgPwAAaD8AAHg/AAB4PwAAaD8AAHw/AAB8PwAAYD8AAHw/AABoPwAAbD8AAGw/AABwPwAAdD8AAHA/AABwPwAAaD8AAHA/AAB0PwAAcD8AAHA/AAB8PwAAcD8AAGw/AABwPwAAeD8AAHg/AAB4PwAAeD8AAHQ/AABkPwAAeD8AAHw/AACAPwAAdD8AAGQ/AAB4PwAAeD8AAHg/AAB8PwAAfD8AAHg/AAB8PwAAdD8AAHQ/AACAPwAAbD8AAHA/AAB0PwAAfD8AAHA/AAB0P1VVdT8=',
    validation: [
      [85, 0.5484060190005492, 0.87],
      [170, 0.30093064935822467, 0.9283333333333333],
      [255, 0.21218462574455255, 0.9533333333333334],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.1481210107999334,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9761111111111112,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.21218462574455255,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9533333333333334,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [54, 1, 0, 0, 1, 1, 0, 0, 1, 1],
          [0, 55, 1, 1, 0, 0, 0, 1, 0, 0],
          [1, 0, 64, 0, 1, 0, 0, 0, 0, 0],
          [0, 1, 0, 56, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 59, 0, 1, 0, 0, 0],
          [1, 0, 0, 1, 0, 60, 0, 0, 2, 0],
          [0, 0, 0, 0, 2, 0, 57, 0, 1, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 1, 1, 0, 0, 55, 1],
          [0, 0, 0, 1, 5, 0, 0, 0, 0, 54],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 255,
      samplesPerSecond: 9918.134226254046,
      flopsPerSecond: 6047998906.095907,
      trainMs: 1633,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 101770,
    },
  },
  'sweep-0.0003': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAYAAAALAAAAEAAAABUAAAAaAAAAHwAAACQAAAApAAAALgAAADMAAAA4AAAAPQAAAEIAAABHAAAATAAAAFEAAABWAAAAWwAAAGAAAABlAAAAagAAAG8AAAB0AAAAeQAAAH4AAACDAAAAiAAAAI0AAACSAAAAlwAAAJwAAAChAAAApgAAAKsAAACwAAAAtQAAALoAAAC/AAAAxAAAAMkAAADOAAAA0wAAANgAAADdAAAA4gAAAOcAAADsAAAA8QAAAPYAAAD7AAAAAAEAAAUBAAAKAQAADwEAABQBAAAZAQAAHgEAACMBAAAoAQAALQEAADIBAAA3AQAAPAEAAEEBAABGAQAASwEAAFABAABVAQAAWgEAAF8BAABkAQAAaQEAAG4BAABzAQAAeAEAAH0BAACCAQAAhwEAAIwBAACRAQAAlgEAAJsBAACgAQAApQEAAKkBAAA=',
    loss: 'sw8XQHM+FUDMmA1AsCEPQL9/DECCPAtAd6AKQHifCUADQgVAxjv9P5k+AUBDEwBAnbvzP9wJ7T8YHOQ/vcDZP9Sizj9Ios4/FyfGPwCwyT9virs/G/S8P24SrT/e4aY/sTWZP2adjj9DQZ0/7XSfP8v9gj/r4HY/SIiHP/2VYT/Ie2o/DNtsP7CUXD+28Vc/kHFLP1v/ST+wRkU/Gf5IP4InST/trjY/36I1P6TvJj8hhRg/FYojPw3oFj9slR4/pHgnP//aHz/KZwI/hq8LP/u9+D7NRQ8/q/zrPrLpFT+Fjf8+56wFP0Powz6KY/g+dLXnPtZP+T48qqg+EBS1Pgrd7j7Blr0+UODKPn6Ilz7WyAU/jI6uPuzmrz5RF7k+btWzPl1bqj5Hjug+RqiRPoaKiz6cQKM+oTeuPuviuT6cy6o+lquSPiyyjD5Kvqs+vsiKPmFWyT4=',
    accuracy:
      'AABAPQAAAD4AAJA+AAAwPgAAcD4AACA+AACAPgAAkD4AAKA+AADwPgAA0D4AALA+AAD4PgAAAD8AABQ/AAAsPwAAJD8AACQ/AAAkPwAALD8AACQ/AAAkPwAAND8AACQ/AABEPwAAPD8AADQ/AAA4PwAAUD8AAFQ/AAA8PwAAWD8AAEg/AABQPwAAWD8AAFA/AABcPwAAYD8AAGA/AABQPwAAWD8AAGg/AABgPwAAVD8AAFA/AABcPwAAXD8AAFg/AABYPwAAWD8AAFw/AABYPwAAcD8AAFg/AABoPwAAVD8AAGg/AABYPwAAbD8AAGA/AABgPwAAaD8AAHg/AABwPwAAZD8AAHQ/AABwPwAAeD8AAGA/AABoPwAAcD8AAGQ/AABkPwAAcD8AAGQ/AABsPwAAbD8AAHA/AABsPwAAbD8AAHQ/AAB0PwAAcD8AAGg/AABwP6uqaj8=',
    validation: [
      [85, 1.6604795908198953, 0.6033333333333334],
      [170, 0.8962831172950473, 0.8183333333333334],
      [255, 0.572486814882491, 0.875],
      [340, 0.425275275928275, 0.905],
      [425, 0.3369003763864258, 0.9183333333333333],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.28193018317796686,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.942962962962963,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.3369003763864258,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9183333333333333,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [49, 1, 0, 0, 0, 1, 1, 0, 2, 5],
          [0, 50, 1, 1, 0, 0, 2, 3, 0, 1],
          [1, 0, 62, 1, 0, 0, 0, 1, 1, 0],
          [0, 3, 1, 53, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 53, 0, 4, 0, 0, 3],
          [0, 0, 0, 1, 0, 60, 0, 1, 1, 1],
          [0, 0, 0, 0, 3, 0, 56, 0, 1, 0],
          [0, 1, 0, 0, 0, 0, 0, 57, 0, 0],
          [0, 0, 0, 0, 1, 1, 0, 0, 55, 1],
          [0, 0, 0, 1, 3, 0, 0, 0, 0, 56],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 425,
      samplesPerSecond: 19462.324047048154,
      flopsPerSecond: 6412290828.4290495,
      trainMs: 1387,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 55050,
    },
  },
  'sweep-0.001': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAYAAAALAAAAEAAAABUAAAAaAAAAHwAAACQAAAApAAAALgAAADMAAAA4AAAAPQAAAEIAAABHAAAATAAAAFEAAABWAAAAWwAAAGAAAABlAAAAagAAAG8AAAB0AAAAeQAAAH4AAACDAAAAiAAAAI0AAACSAAAAlwAAAJwAAAChAAAApgAAAKsAAACwAAAAtQAAALoAAAC/AAAAxAAAAMkAAADOAAAA0wAAANgAAADdAAAA4gAAAOcAAADsAAAA8QAAAPYAAAD7AAAAAAEAAAUBAAAKAQAADwEAABQBAAAZAQAAHgEAACMBAAAoAQAALQEAADIBAAA3AQAAPAEAAEEBAABGAQAASwEAAFABAABVAQAAWgEAAF8BAABkAQAAaQEAAG4BAABzAQAAeAEAAH0BAACCAQAAhwEAAIwBAACRAQAAlgEAAJsBAACgAQAApQEAAKkBAAA=',
    loss: 'sw8XQHj1EEA1wgVAe0cBQPY29D9cYeE/NHLbP/0Tyj9LULk/EDmYP0sXjj9xOII/BeZFP3aZPz/2vEI/4m8aPz4zIz+sow8/a3cBPycJBz8tZ9g+jPoEPxIyBT9oAcA+1SalPoFnqj5i6Kw+NlDePhzsmz4FMWA+4GOnPv68WT6Wq5M+w4uTPod5bD4UiUs+SV6KPrjlXT7Q00U+liWZPuhsNz7S8hc+LcpDPvhJOj71EBM+vO9zPuU6dD6aeUU+dzFSPoeUOz4bKhw+OZ0UPt9p9D3kZSI+P+cQPrmtTz6yGhM+P/W8PSDqgT1qv/Q99OLhPYbQHz73BmY96zCBPaBSBj4j58A96nCwPWpIPz0XQS8+TTaIPXLeyj0776o9vAOMPQ/r2j3JcLE9PsGVPYMWoj03O7s9gjADPg55+j1TjII9JDYyPeIsmz2PC449Tz1iPQtyUz0=',
    accuracy:
      'AABAPQAAQD4AAOA+AACwPgAA8D4AAOg+AAAMPwAADD8AACg/AAAsPwAAOD8AADg/AABUPwAAVD8AAEw/AABcPwAATD8AAFw/AABsPwAAZD8AAGA/AABYPwAAZD8AAGQ/AABoPwAAaD8AAGw/AABkPwAAbD8AAHQ/AABsPwAAeD8AAHA/AABsPwAAcD8AAHw/AAB0PwAAeD8AAHQ/AABgPwAAeD8AAHw/AAB0PwAAcD8AAHg/AAB0PwAAbD8AAHQ/AABwPwAAdD8AAHg/AAB4PwAAfD8AAHQ/AAB8PwAAdD8AAHg/AACAPwAAgD8AAHw/AAB4PwAAfD8AAHw/AACAPwAAdD8AAHg/AAB8PwAAgD8AAHQ/AACAPwAAeD8AAHw/AAB8PwAAeD8AAHw/AAB8PwAAeD8AAHw/AAB4PwAAdD8AAIA/AACAPwAAdD8AAHw/AACAPwAAgD8=',
    validation: [
      [85, 0.5854379564714995, 0.8683333333333333],
      [170, 0.2799478009305815, 0.9316666666666666],
      [255, 0.2009430741019801, 0.9433333333333334],
      [340, 0.13688885609913942, 0.9633333333333334],
      [425, 0.10844780511911464, 0.9733333333333334],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.04987595035348236,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9933333333333333,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.10844780511911464,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9733333333333334,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [56, 1, 0, 0, 0, 1, 0, 0, 0, 1],
          [0, 56, 2, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 65, 0, 0, 0, 0, 0, 1, 0],
          [0, 0, 1, 55, 0, 1, 0, 0, 0, 0],
          [0, 0, 0, 0, 59, 0, 0, 0, 0, 1],
          [0, 0, 0, 1, 0, 63, 0, 0, 0, 0],
          [0, 0, 0, 0, 2, 0, 58, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 1, 0, 0, 0, 57, 0],
          [1, 0, 0, 1, 1, 0, 0, 0, 0, 57],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 425,
      samplesPerSecond: 17578.121910095775,
      flopsPerSecond: 5791498981.963076,
      trainMs: 1536,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 55050,
    },
  },
  'sweep-0.003': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAYAAAALAAAAEAAAABUAAAAaAAAAHwAAACQAAAApAAAALgAAADMAAAA4AAAAPQAAAEIAAABHAAAATAAAAFEAAABWAAAAWwAAAGAAAABlAAAAagAAAG8AAAB0AAAAeQAAAH4AAACDAAAAiAAAAI0AAACSAAAAlwAAAJwAAAChAAAApgAAAKsAAACwAAAAtQAAALoAAAC/AAAAxAAAAMkAAADOAAAA0wAAANgAAADdAAAA4gAAAOcAAADsAAAA8QAAAPYAAAD7AAAAAAEAAAUBAAAKAQAADwEAABQBAAAZAQAAHgEAACMBAAAoAQAALQEAADIBAAA3AQAAPAEAAEEBAABGAQAASwEAAFABAABVAQAAWgEAAF8BAABkAQAAaQEAAG4BAABzAQAAeAEAAH0BAACCAQAAhwEAAIwBAACRAQAAlgEAAJsBAACgAQAApQEAAKkBAAA=',
    loss: 'sw8XQMaJBkDuUOA/IDS1P5P7kT8nDFQ/wGFNP7IDPD9AoDk/GAEAP3tgtT7Mz60+CkuMPvACjz5vDdo+YjZiPsUYgz6vPCQ+GsAcPltmBD7UGNE9Hn0hPijmMT7kc0k+a8InPoQP+j0nluA9cIYGPvQh4T18xWo9ryt2PU6c1D0oIZo9VC3JPSH7rj3bEok90V27Pb4AkD0um0Y9HWaBPfjgJj25aPk8VYytPUCJoD0q+mQ9s4PXPTrz7j3xCj09PazwPK7+gD2ESJU9cWkJPa8E6jzGa6Y8eN2HPZ24nj3af1Q9zxNxPGSXXDxD9BE9++yrPIvzRT3eYZw81UYkPMv8nzyBbAc9uqhXPIkdmjtZg848wIxBPMTiWTx9dzU88TyvPPXHbjxE/Qg8PkS3PJ1liDxts208C0R6PNfgQjxZFzg86RmYO5Q5ojxzXqo8wK+fPJjH1zs=',
    accuracy:
      'AABAPQAAoD4AABQ/AAAUPwAAPD8AAFQ/AABUPwAAOD8AAEg/AABcPwAAZD8AAGw/AABoPwAAbD8AAFw/AAB4PwAAaD8AAHQ/AAB4PwAAfD8AAHw/AAB4PwAAeD8AAHQ/AAB0PwAAdD8AAHg/AABwPwAAfD8AAHw/AACAPwAAfD8AAIA/AAB0PwAAfD8AAHw/AAB8PwAAfD8AAHw/AAB8PwAAfD8AAIA/AAB8PwAAfD8AAHw/AAB8PwAAeD8AAHw/AACAPwAAfD8AAHw/AAB8PwAAgD8AAIA/AAB8PwAAfD8AAHg/AACAPwAAgD8AAHw/AACAPwAAfD8AAHw/AACAPwAAgD8AAHw/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AAB8PwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAHw/AAB8PwAAgD8=',
    validation: [
      [85, 0.26683937751737524, 0.9316666666666666],
      [170, 0.12719737427972747, 0.965],
      [255, 0.11985026222604485, 0.965],
      [340, 0.06216437946359122, 0.9883333333333333],
      [425, 0.04782888935502123, 0.9883333333333333],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.005874781415436942,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 1,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.04782888935502123,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9883333333333333,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [58, 0, 0, 0, 0, 0, 0, 0, 0, 1],
          [0, 57, 1, 0, 0, 0, 0, 0, 0, 0],
          [1, 0, 64, 0, 0, 0, 0, 0, 1, 0],
          [0, 0, 0, 57, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 60, 0, 0, 0, 0, 0],
          [0, 0, 0, 1, 0, 63, 0, 0, 0, 0],
          [0, 0, 0, 0, 1, 0, 59, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 58, 0],
          [0, 0, 0, 0, 1, 0, 0, 0, 0, 59],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 425,
      samplesPerSecond: 19319.877376481076,
      flopsPerSecond: 6365358638.983973,
      trainMs: 1398,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 55050,
    },
  },
  'sweep-0.01': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAYAAAALAAAAEAAAABUAAAAaAAAAHwAAACQAAAApAAAALgAAADMAAAA4AAAAPQAAAEIAAABHAAAATAAAAFEAAABWAAAAWwAAAGAAAABlAAAAagAAAG8AAAB0AAAAeQAAAH4AAACDAAAAiAAAAI0AAACSAAAAlwAAAJwAAAChAAAApgAAAKsAAACwAAAAtQAAALoAAAC/AAAAxAAAAMkAAADOAAAA0wAAANgAAADdAAAA4gAAAOcAAADsAAAA8QAAAPYAAAD7AAAAAAEAAAUBAAAKAQAADwEAABQBAAAZAQAAHgEAACMBAAAoAQAALQEAADIBAAA3AQAAPAEAAEEBAABGAQAASwEAAFABAABVAQAAWgEAAF8BAABkAQAAaQEAAG4BAABzAQAAeAEAAH0BAACCAQAAhwEAAIwBAACRAQAAlgEAAJsBAACgAQAApQEAAKkBAAA=',
    loss: 'sw8XQCfM7z/ACqA/zmhBP9PgMT9tKBk/t/gWP64frj40rv0+XX67PmYsYz7p/go+W9S8PfQE7D0Xu0A+ifIjPrDP5j3zba89WNiSPYmPAj0YT5s9eGCJPSY6uz0v+T4+yKOUPmYT5D3yXQE+NahgPn7tGT7r5Zk9n72bPQ7i/Dzkr8I9msqLPWFfWz1u4/k8oLdCPRlKKz2cyHo9X9bAPTS29DxqSIo84pK4PKtTSD2H4HY9cFsKPUtGXz3e12s9AcwwPcIdlDxUvJU9h0rJPSUX0zzo7ts7avNUPSS+SD3UVbk9UObbPOo7GzyC9fk9gazfPA8JLz2JMqE9XggkPUTd3j0tpXY9wCp0Pb2V8zwjnKo8XvPAPYYTADyCpoQ9DleZPMSEgDsQIYQ9H9fBPWE0LT7157g9OzCjPVJADD6M/jI8qXB5PP/SmjydAxI8LskvPS7Uuzw=',
    accuracy:
      'AABAPQAAyD4AACQ/AABIPwAATD8AAEw/AABQPwAAXD8AAFA/AABgPwAAaD8AAHw/AAB4PwAAeD8AAGw/AAB0PwAAdD8AAHw/AAB4PwAAgD8AAHg/AAB4PwAAeD8AAHw/AABoPwAAeD8AAHw/AAB0PwAAbD8AAHg/AAB8PwAAfD8AAHw/AAB8PwAAfD8AAHw/AAB8PwAAfD8AAHw/AAB0PwAAgD8AAIA/AACAPwAAfD8AAHw/AAB8PwAAfD8AAHw/AAB8PwAAgD8AAHg/AAB4PwAAfD8AAIA/AAB8PwAAeD8AAHg/AAB8PwAAgD8AAHw/AACAPwAAfD8AAHw/AAB8PwAAeD8AAHw/AAB4PwAAfD8AAHw/AAB0PwAAgD8AAHw/AAB8PwAAgD8AAHg/AAB4PwAAeD8AAHw/AAB0PwAAeD8AAIA/AACAPwAAfD8AAIA/AAB8PwAAgD8=',
    validation: [
      [85, 0.21371908084973587, 0.9333333333333333],
      [170, 0.1060288696054755, 0.97],
      [255, 0.1053557036570635, 0.9666666666666667],
      [340, 0.11250601323100355, 0.9716666666666667],
      [425, 0.05757103501315086, 0.9866666666666667],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.01819556560142149,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9931481481481481,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.05757103501315086,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9866666666666667,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [59, 0, 0, 0, 0, 0, 0, 0, 0, 0],
          [0, 57, 0, 1, 0, 0, 0, 0, 0, 0],
          [0, 0, 64, 1, 0, 0, 0, 0, 1, 0],
          [0, 0, 0, 57, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 60, 0, 0, 0, 0, 0],
          [0, 0, 0, 1, 0, 62, 0, 0, 0, 1],
          [0, 0, 0, 0, 1, 0, 59, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 1, 0, 0, 0, 57, 0],
          [0, 0, 0, 0, 0, 0, 0, 1, 0, 59],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 425,
      samplesPerSecond: 18131.542868814897,
      flopsPerSecond: 5973835692.074182,
      trainMs: 1489,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 55050,
    },
  },
  cnn: {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAUAAAAJAAAADQAAABEAAAAVAAAAGQAAAB0AAAAhAAAAJQAAACkAAAAtAAAAMQAAADUAAAA5AAAAPQAAAEEAAABFAAAASQAAAE0AAABRAAAAVQAAAFkAAABdAAAAYQAAAGUAAABpAAAAbQAAAHEAAAB1AAAAeQAAAH0AAACBAAAAhQAAAIkAAACNAAAAkQAAAJUAAACZAAAAnQAAAKEAAAClAAAAqQAAAK0AAACxAAAAtQAAALkAAAC9AAAAwQAAAMUAAADJAAAAzQAAANEAAADVAAAA2QAAAN0AAADhAAAA5QAAAOkAAADtAAAA8QAAAPUAAAD5AAAA/QAAAAEBAAAFAQAACQEAAA0BAAARAQAAFQEAABkBAAAdAQAAIQEAACUBAAApAQAALQEAADEBAAA1AQAAOQEAAD0BAABBAQAARQEAAEkBAABNAQAAUQEAAFQBAAA=',
    loss: 'MGsTQDJwDUDFJgJAN30BQMyI4z+R6dM/FZ6ZPyx1sT+IEZI/x9+WP/s/CD8ssz4/L+eEP0BJJD+9bAw/WEIYP9AX3D7NVwI/vye1PuvFIT9/bsc+9fJjPjaexD7NAos+ZDTrPu7DUj6Sb4U+pF38PbdLgz7oEig+3TNzPnTCDz58c14+yIBnPgMxBD4kz+Y9xQNePgnFeD6R7RI+7TQDPu0v1j1QA9Y9usKnPQffHz7AJK49KbBLPnLJEz5X5CA+bu8OPk6gcD24S5w9oCjQPF9enj2GsWY9LG45PfJjwD1imLA9q9IbPqrG5j0X6mQ96UmLPSNPyT0dI4Q+xgMgPe+srz0W90w9Te/OPb93ij1jJ0w+XapXPYoVTT05YXQ9eWNtPVNxMj7Lq9Y9HQ4NPigqTj1NXI48GDJhPZYHhD2EAG89nf03PfoeNj0FxVE9VcmjPXanTD0=',
    accuracy:
      'AACgPQAAgD4AALg+AACIPgAA0D4AAOg+AAAwPwAADD8AABw/AAAYPwAAWD8AADw/AAAwPwAATD8AAFQ/AABUPwAAXD8AAFw/AABsPwAAVD8AAFw/q6pqPwAAYD8AAGQ/AABYPwAAcD8AAGg/AAB8PwAAcD8AAHg/AAB0PwAAdD8AAHA/AABwPwAAeD8AAHg/AABsPwAAaD8AAHQ/AAB0PwAAfD8AAHg/AAB4PwAAdD8AAHw/AABwPwAAcD8AAHg/AAB4PwAAfD8AAHw/AACAPwAAfD8AAHw/AAB8PwAAfD8AAHw/AABwPwAAeD8AAIA/AAB8PwAAeD8AAHQ/AACAPwAAfD8AAHw/AAB0PwAAfD8AAGw/AAB8PwAAgD8AAHw/AAB4PwAAdD8AAHw/AABwPwAAeD8AAIA/AAB8PwAAfD8AAHg/AAB8PwAAgD8AAHw/AAB8PwAAgD8=',
    validation: [
      [85, 0.12988014155729816, 0.9783333333333334],
      [170, 0.03631395036140682, 0.9933333333333333],
      [255, 0.028220842884261313, 0.9933333333333333],
      [340, 0.0230716925078376, 0.995],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.01391841953809985,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9987037037037036,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.0230716925078376,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.995,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [58, 0, 0, 0, 0, 0, 0, 0, 0, 1],
          [0, 57, 0, 1, 0, 0, 0, 0, 0, 0],
          [0, 0, 66, 0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 57, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 60, 0, 0, 0, 0, 0],
          [0, 0, 0, 1, 0, 63, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 60, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 58, 0],
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 60],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 340,
      samplesPerSecond: 3377.3311405501954,
      flopsPerSecond: 6749042402.082516,
      trainMs: 6396,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 52138,
    },
  },
  'cnn-diverged': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps: 'AQAAAAIAAAADAAAABAAAAAUAAAAGAAAA',
    loss: 'MGsTQHDtPkOYYJdJ3GdcVoPziHMAAMB/',
    accuracy: 'AACgPQAAwD0AAOA9AACAPQAAAD0AAEA9',
    validation: [],
    failure: {
      code: 'DIVERGED',
      message: 'The loss became NaN at step 6 of 340. A smaller learning rate (now 3) or a few warm-up steps usually help.',
      params: {
        reason: 'LOSS_NOT_FINITE',
        loss: 'NaN',
        step: 6,
        steps: 340,
        learningRate: 3,
      },
    },
    result: null,
  },
  resumed: {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAcAAAANAAAAEwAAABkAAAAfAAAAJQAAACsAAAAxAAAANwAAAD0AAABDAAAASQAAAE8AAABVAAAAWwAAAGEAAABnAAAAbQAAAHMAAAB5AAAAfwAAAIUAAACLAAAAkQAAAJcAAACdAAAAowAAAKkAAACvAAAAtQAAALsAAADBAAAAxwAAAM0AAADTAAAA2QAAAN8AAADlAAAA6wAAAPEAAAD3AAAA/QAAAAMBAAAJAQAADwEAABUBAAAbAQAAIQEAACcBAAAtAQAAMwEAADkBAAA/AQAARQEAAEsBAABRAQAAVwEAAF0BAABjAQAAaQEAAG8BAAB1AQAAewEAAIEBAACHAQAAjQEAAJMBAACZAQAAnwEAAKUBAACrAQAAsQEAALcBAAC9AQAAwwEAAMkBAADPAQAA1QEAANsBAADhAQAA5wEAAO0BAADzAQAA+QEAAP4BAAA=',
    loss: 'eNMWQO3s/j+TWeU/LTjMPx2NpT/kJ40/FfRyP1afYT8t1Vs/koZbP6SlHz/18yQ/rIYnP5G/BT9DpaU+aDnlPgFI6T7PPtc+rYSjPqFJlj5FKuM+Mbu7Pgeemj4nYqA+hbOLPumJgj75F5M+naxNPp3hoj5wQ2k+oL8cPqcvXD6Dt2c+RYpZPpP2kT7YAjc+UwpAPud+KD5g6Ug+4PQ1Pv+6QD6cuT8+CbJmPgr+Cj5lUz8+abPzPXc4Hz56O/k97iIkPgsJ7j3qGfo94ukHPgXtAz6AV5c9Ia62PaL90D3KFLA9uEHJPbYwtj1Cre89n0GOPXP1wz2ytsk9AmjNPQfrJT5HI/U91Zn2PQw1nD3ShW49yU22PSZNnT1QmHI9yoXLPez70D1M8Fs9aBSiPQHfZz3Czi49+lYNPXeBgD04joA9y0UcPd7cUj3/uRU+sSA1PUeSJj0=',
    accuracy:
      'AADAPQAAsD4AAOg+AAAcPwAAQD8AADQ/AABUPwAATD8AAEg/AAA8PwAAaD8AAGQ/AABgPwAAXD8AAIA/AABwPwAAaD8AAGg/AAB4PwAAfD8AAGA/AABoPwAAbD8AAHQ/AABwPwAAcD8AAHA/AAB8PwAAbD8AAHg/AAB4PwAAdD8AAHg/AACAPwAAZD8AAHg/AAB8PwAAeD8AAHQ/AACAPwAAcD8AAHw/AAB0PwAAfD8AAHQ/AACAPwAAfD8AAHg/AABwPwAAeD8AAHg/AACAPwAAeD8AAIA/AAB8PwAAfD8AAHg/AAB8PwAAfD8AAHg/AACAPwAAfD8AAHg/AAB8PwAAeD8AAHg/AAB4PwAAfD8AAIA/AAB4PwAAgD8AAIA/AAB8PwAAfD8AAIA/AAB8PwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAHQ/AACAPwAAgD8=',
    validation: [
      [85, 0.5484060190005492, 0.87],
      [170, 0.30093064935822467, 0.9283333333333333],
      [255, 0.21218462574455255, 0.9533333333333334],
      [340, 0.15986412330662966, 0.9666666666666667],
      [425, 0.13701985471439967, 0.97],
      [510, 0.10957145853995139, 0.98],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.05494788732134594,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9937037037037038,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.10957145853995139,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.98,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [56, 1, 0, 0, 1, 1, 0, 0, 0, 0],
          [0, 56, 2, 0, 0, 0, 0, 0, 0, 0],
          [1, 0, 64, 0, 0, 0, 0, 0, 1, 0],
          [0, 0, 0, 57, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 60, 0, 0, 0, 0, 0],
          [1, 0, 0, 0, 0, 62, 0, 0, 1, 0],
          [0, 0, 0, 0, 1, 0, 59, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 1, 0, 0, 0, 57, 0],
          [0, 0, 0, 0, 1, 0, 0, 0, 0, 59],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 510,
      samplesPerSecond: 7983.844399103299,
      flopsPerSecond: 4868484443.817999,
      trainMs: 4058,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 101770,
    },
  },
  'meters-diverged': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAIAAAADAAAABAAAAAUAAAAGAAAABwAAAAgAAAAJAAAACgAAAAsAAAAMAAAADQAAAA4AAAAPAAAAEAAAABEAAAASAAAAEwAAABQAAAAVAAAAFgAAABcAAAAYAAAAGQAAABoAAAAbAAAAHAAAAB0AAAAeAAAAHwAAACAAAAA=',
    loss: 'eNMWQCqWh0AsrRVCx4NzRMHqDkaxXfFIOg+OSu9lW036wAVPMtO8UQ01YlNv4iNW0NyfV7cMi1o4YO9bkZ7pXtPMSGCMCFljwPKjZFTOu2e51AdpdKQVbCevcm07NWVw97TKcfQwtnSu3jJ2GYgdeae/pnrTQX19YhMafwAAwH8=',
    accuracy:
      'AADAPQAAAD0AAAA9AACAPQAAID4AAMA9AADAPQAA4D0AAKA9AAAQPgAA4D0AAIA9AAAwPgAA4D0AAOA9AADAPQAAoD0AAEA9AADAPQAAID4AAMA9AAAQPgAAAD0AABA+AAAAPgAAgD0AAKA9AADAPQAAoD0AABA+AADAPQAAgD0=',
    validation: [],
    failure: {
      code: 'DIVERGED',
      message: 'The loss became NaN at step 32 of 425. A smaller learning rate (now 1.5) or a few warm-up steps usually help.',
      params: {
        reason: 'LOSS_NOT_FINITE',
        loss: 'NaN',
        step: 32,
        steps: 425,
        learningRate: 1.5,
      },
    },
    result: null,
  },
  meters: {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAYAAAALAAAAEAAAABUAAAAaAAAAHwAAACQAAAApAAAALgAAADMAAAA4AAAAPQAAAEIAAABHAAAATAAAAFEAAABWAAAAWwAAAGAAAABlAAAAagAAAG8AAAB0AAAAeQAAAH4AAACDAAAAiAAAAI0AAACSAAAAlwAAAJwAAAChAAAApgAAAKsAAACwAAAAtQAAALoAAAC/AAAAxAAAAMkAAADOAAAA0wAAANgAAADdAAAA4gAAAOcAAADsAAAA8QAAAPYAAAD7AAAAAAEAAAUBAAAKAQAADwEAABQBAAAZAQAAHgEAACMBAAAoAQAALQEAADIBAAA3AQAAPAEAAEEBAABGAQAASwEAAFABAABVAQAAWgEAAF8BAABkAQAAaQEAAG4BAABzAQAAeAEAAH0BAACCAQAAhwEAAIwBAACRAQAAlgEAAJsBAACgAQAApQEAAKkBAAA=',
    loss: 'eNMWQIAk6z/tOb8/prmVP7/seT895Gk/MCg0P6DaPz9BMzU/3Jj6PnNE9j7q0RE/q/6/PhaBjz53670++z+EPtEnqD7oC4I+bFNbPtHVmj6aTHE+XKU6PshPhT6J2q8+BEeAPmb8ST5eyF4+dJSGPp9SHz7O/Xc+Ho4kPgAv3D3Sqxo+wFclPjKItz2+AB4+NHKdPS2x5j11u8o9RgHBPX4zHD6RuxI+yOO+PUmOsD1//Ms9P3vbPf/0/z2reAk+FtDkPYJYBT67I8E97sJmPZDRZT1BwfQ94F6KPQMh3z1T5H09gIsAPnhJoj13w589aImdPe1CmD0vhKA9e7a0PbCKdD0oiRo+wkeEPfFR0T0xsVY9b8JQPQxjiz24m2o928hWPUC4qj2Z/q49R10wPY2BXz0VsW097GG8Pf5I9T3BMsY9LTlCPdDijD3m65M9e1OQPWbwfT0=',
    accuracy:
      'AADAPQAA4D4AADw/AAA0PwAAQD8AAEQ/AABQPwAAQD8AAFQ/AABgPwAAZD8AAFQ/AAB0PwAAdD8AAGw/AAB0PwAAaD8AAHA/AAB8PwAAbD8AAHw/AAB4PwAAcD8AAGg/AABwPwAAeD8AAHQ/AAB0PwAAdD8AAHA/AAB0PwAAgD8AAHg/AAB0PwAAgD8AAHw/AACAPwAAfD8AAHw/AACAPwAAeD8AAHQ/AAB8PwAAgD8AAHg/AAB8PwAAfD8AAHQ/AACAPwAAfD8AAHw/AACAPwAAgD8AAHg/AACAPwAAeD8AAIA/AAB4PwAAfD8AAHw/AAB8PwAAfD8AAIA/AAB4PwAAfD8AAHQ/AACAPwAAfD8AAIA/AACAPwAAgD8AAHw/AACAPwAAfD8AAHw/AACAPwAAgD8AAIA/AAB8PwAAeD8AAHg/AACAPwAAfD8AAIA/AACAPwAAgD8=',
    validation: [
      [85, 0.354784758366563, 0.9116666666666666],
      [170, 0.19181780018357378, 0.955],
      [255, 0.1472156074025108, 0.965],
      [340, 0.13601139817232014, 0.9716666666666667],
      [425, 0.13500069871247894, 0.9683333333333334],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.0727803642951667,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9916666666666667,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.13500069871247894,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9683333333333334,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [55, 1, 0, 0, 1, 1, 0, 0, 0, 1],
          [0, 55, 2, 1, 0, 0, 0, 0, 0, 0],
          [1, 0, 64, 0, 1, 0, 0, 0, 0, 0],
          [0, 1, 0, 56, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 60, 0, 0, 0, 0, 0],
          [1, 0, 0, 0, 0, 62, 0, 0, 1, 0],
          [1, 0, 0, 0, 2, 0, 57, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 0, 1, 1, 0, 0, 55, 1],
          [0, 0, 0, 0, 1, 0, 0, 0, 0, 59],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 425,
      samplesPerSecond: 14437.160704967291,
      flopsPerSecond: 8803665100.603415,
      trainMs: 1870,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 101770,
    },
  },
  'meters-dropout': {
    digest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
    steps:
      'AQAAAAYAAAALAAAAEAAAABUAAAAaAAAAHwAAACQAAAApAAAALgAAADMAAAA4AAAAPQAAAEIAAABHAAAATAAAAFEAAABWAAAAWwAAAGAAAABlAAAAagAAAG8AAAB0AAAAeQAAAH4AAACDAAAAiAAAAI0AAACSAAAAlwAAAJwAAAChAAAApgAAAKsAAACwAAAAtQAAALoAAAC/AAAAxAAAAMkAAADOAAAA0wAAANgAAADdAAAA4gAAAOcAAADsAAAA8QAAAPYAAAD7AAAAAAEAAAUBAAAKAQAADwEAABQBAAAZAQAAHgEAACMBAAAoAQAALQEAADIBAAA3AQAAPAEAAEEBAABGAQAASwEAAFABAABVAQAAWgEAAF8BAABkAQAAaQEAAG4BAABzAQAAeAEAAH0BAACCAQAAhwEAAIwBAACRAQAAlgEAAJsBAACgAQAApQEAAKkBAAA=',
    loss: 'x3UYQH739T/r1vI/cRTKPxSdwT9En7o/fJedPxN1jT8pAJE/riRcP7bHYz8nooM/SCtEP9qvFD/VVEo/uTQVP2hUKj+60x8/UTAiP2HF2j4W5xU/bSoJP54LJD+Apd4+LI0RP6992z7RWAg/Sx/XPuHu9j5wD9w+nc4BPyvOAD8VL/k+B7uqPlnwxj7797Y+Whm1PtlRjT6fmKU+9KKnPlx/oj5qyLI+Q5HxPuDWkj7lMdQ+xySZPkoOCD8LSdQ+L/zXPvO7pz5+IaA+L5uFPijobz7rJ1Q+/K2ZPo7smT4nNpI+MxCDPpepmD4xqK4+sco4PluyZz41XyM+QPNyPuiOpj7QhZY+XceAPhzNYj6VooU+HctiPho6iT57FYQ+YgGMPmbEgz5LHn0+w+9yPjL2ZD5Aw0I+KbsAPtWOWT5qo5c+Yl+CPig7/z0rWHM+MW5lPk2f1j4=',
    accuracy:
      'AAAAPgAAwD4AAOA+AAAAPwAACD8AAOg+AAAcPwAAHD8AACw/AAA0PwAAQD8AADg/AABQPwAAVD8AADg/AABQPwAATD8AAFg/AABEPwAAZD8AAFA/AABcPwAAUD8AAGQ/AABIPwAAZD8AAFg/AABsPwAAZD8AAGA/AABcPwAAXD8AAFg/AABkPwAAbD8AAGg/AABkPwAAcD8AAHQ/AABkPwAAdD8AAGA/AABcPwAAcD8AAFw/AABsPwAAYD8AAGQ/AABcPwAAbD8AAGQ/AABkPwAAdD8AAHQ/AABwPwAAaD8AAGg/AABkPwAAcD8AAGw/AAB8PwAAcD8AAHw/AABsPwAAXD8AAGA/AABwPwAAcD8AAHQ/AAB0PwAAbD8AAHA/AAB0PwAAdD8AAGg/AAB4PwAAeD8AAHw/AAB4PwAAcD8AAHA/AABwPwAAgD8AAHQ/AAB4PwAAYD8=',
    validation: [
      [85, 0.48222186253695126, 0.8866666666666667],
      [170, 0.29807265038183417, 0.925],
      [255, 0.21253963955533414, 0.9483333333333334],
      [340, 0.18776323352121704, 0.96],
      [425, 0.18383011904951707, 0.9616666666666667],
    ],
    failure: null,
    result: {
      metrics: [
        {
          split: 'TRAIN',
          name: 'loss',
          value: 0.13593040867215767,
        },
        {
          split: 'TRAIN',
          name: 'accuracy',
          value: 0.9779629629629629,
        },
        {
          split: 'VALIDATION',
          name: 'loss',
          value: 0.18383011904951707,
        },
        {
          split: 'VALIDATION',
          name: 'accuracy',
          value: 0.9616666666666667,
        },
      ],
      confusion: {
        split: 'VALIDATION',
        classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        counts: [
          [54, 1, 0, 0, 1, 1, 0, 0, 1, 1],
          [0, 54, 1, 1, 0, 0, 0, 2, 0, 0],
          [0, 0, 65, 0, 0, 0, 0, 0, 1, 0],
          [0, 0, 0, 57, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 58, 0, 1, 0, 0, 1],
          [1, 0, 0, 1, 0, 62, 0, 0, 0, 0],
          [0, 0, 0, 0, 2, 0, 57, 0, 1, 0],
          [0, 0, 0, 0, 0, 0, 0, 58, 0, 0],
          [0, 0, 0, 1, 1, 1, 0, 0, 55, 0],
          [0, 0, 0, 1, 2, 0, 0, 0, 0, 57],
        ],
      },
      sampleCounts: {
        train: 5400,
        validation: 600,
        test: 0,
      },
      leftOut: [],
      steps: 425,
      samplesPerSecond: 9492.839735219233,
      flopsPerSecond: 5788657727.818807,
      trainMs: 2844,
      datasetDigest: '96b13d057092926884433bc6bd7d1ed0d5886f4a5d8234361de88aa0ea9dbb3e',
      parameterCount: 101770,
    },
  },
};
