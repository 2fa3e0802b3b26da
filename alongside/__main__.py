from alongside.cli.main import main

main()
