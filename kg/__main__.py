"""python -m kg"""

from kg.cli import main

if __name__ == "__main__":  # reading processes import this module too
    main()
